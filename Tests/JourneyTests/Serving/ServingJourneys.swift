import Testing

/// What the site does with bytes, headers and time. One after the other: several measure how long things take.
@Suite(.serialized) enum ServingJourneys {}
