import Testing

@testable import Forms

/// One answer at a time gives what the whole at once gives.
@Suite struct IncrementalTests {
    @Test(arguments: 0..<60)
    func anAnswerChangedGivesWhatEvaluatingFromScratchGives(_ seed: Int) throws {
        var random = RandomForms(UInt64(seed))
        let form = random.form(questions: 40)
        #expect(FormCheck.issues(of: form).allSatisfy { $0.kind == .unreachable })
        let compiled = try Self.compiled(form)
        var state = FormState(compiled, environment: random.environment())
        for step in 0..<40 {
            if step % 13 == 12 {
                state.set(random.environment())
            } else if let question = form.questions.randomElement(using: &random.chance) {
                state.set(question.key, to: random.answer(to: question))
            }
            let scratch = FormState(compiled, answers: state.answers, environment: state.environment)
            #expect(state == scratch, "seed \(seed), step \(step)")
            if state != scratch { return }
        }
    }

    /// Chance makes questions that can never be shown; they are evaluated all the same.
    static func compiled(_ form: Form) throws -> CompiledForm {
        var compiler = FormCompiler(form)
        return try compiler.compiled()
    }

    @Test func aPlantedDefectWouldBeSeen() throws {
        // The comparison above sees a single stale cell.
        var random = RandomForms(7)
        let form = random.form(questions: 40)
        let compiled = try Self.compiled(form)
        let state = FormState(compiled)
        var other = state
        other.states[3].shown.toggle()
        #expect(state != other)
    }

    // FRM-3
    @Test func severalAnswersAtOnceAreAsOneByOne() throws {
        var random = RandomForms(11)
        let form = random.form(questions: 40)
        let compiled = try Self.compiled(form)
        let changes = form.questions.map { ($0.key, random.answer(to: $0)) }
        var together = FormState(compiled)
        together.set(changes.map { (key: $0.0, value: $0.1) })
        var oneByOne = FormState(compiled)
        for (key, value) in changes { oneByOne.set(key, to: value) }
        #expect(together == oneByOne)
    }

    @Test func sevenHundredQuestionsAndConditionsAreFast() throws {
        // The worst shape: a chain, where one answer turns every other question.
        var questions = [Question("q0", "Début", .number(), .required)]
        for number in 1..<700 {
            let before = Formula.reference(Reference("q\(number - 1)"))
            questions.append(
                Question(
                    "q\(number)", "Suite", number % 2 == 0 ? .number() : .computed(.sum([before]), unit: .number),
                    .requiredIf(.comparison(before, .more, .number(.zero))),
                    shownIf: .comparison(.reference(Reference("q0")), .atLeast, .number(.zero))))
        }
        let clock = ContinuousClock()
        var compiled: CompiledForm?
        let compiling = try clock.measure { compiled = try CompiledForm(SampleForms.form(questions)) }
        var state = FormState(try #require(compiled))
        var number = 0
        let rounds = 20
        let all = clock.measure {
            for _ in 0..<rounds {
                number += 1
                state.set("q0", to: ExactNumber(number % 2 == 0 ? 5 : -5).map { .number($0) })
            }
        }
        state.set("q0", to: .number(.zero))
        #expect(state.progress.shown > 300)
        let one = clock.measure {
            for _ in 0..<rounds {
                number += 1
                state.set("q698", to: ExactNumber(number).map { .number($0) })
            }
        }
        print(
            "forms: 700 questions: compiled in \(compiling), an answer that turns all \(all / rounds), one \(one / rounds)"
        )
        #expect(state.computed("q699") != nil)
        #expect(all / rounds < .milliseconds(500))
    }
}
