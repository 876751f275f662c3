#pragma once
#include <zlib.h>

// zlib's entry points are C macros, which Swift cannot import.
static inline int maillage_deflate_init(z_stream *stream, int level, int window_bits) {
    return deflateInit2(stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
}

static inline int maillage_inflate_init(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}
