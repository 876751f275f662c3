import Testing

@testable import Charts

@Suite struct SankeyLayoutTests {
    private func simple(_ links: [Flow.Link]) -> SankeyLayout {
        SankeyLayout(Flow(nodes: ["a", "b", "c", "d"].map { .init(id: $0, label: $0) }, links: links))
    }

    @Test(arguments: [(5, 8), (20, 60), (60, 200), (200, 1_000)]) func boxesNeverTouch(_ nodes: Int, _ links: Int) {
        for seed in 1...12 {
            let layout = SankeyLayout(RandomFlows.flow(UInt64(seed), nodes: nodes, links: links))
            #expect(layout.boxes.count == nodes)
            for (index, box) in layout.boxes.enumerated() {
                #expect(box.x >= 0 && box.x + box.width <= layout.width + 1e-6)
                #expect(box.y >= -1e-6 && box.y + box.height <= layout.height + 1e-6)
                for other in layout.boxes[(index + 1)...] {
                    let apart =
                        box.x + box.width <= other.x + 1e-6 || other.x + other.width <= box.x + 1e-6
                        || box.y + box.height <= other.y + 1e-6 || other.y + other.height <= box.y + 1e-6
                    #expect(apart, "\(seed): \(box.node.id) and \(other.node.id)")
                }
            }
        }
    }

    /// What enters and leaves a box is as thick as its figures say, and no two ribbons share a part of its side.
    @Test func thicknessIsConserved() {
        for seed in 1...12 {
            let layout = SankeyLayout(RandomFlows.flow(UInt64(seed), nodes: 40, links: 150))
            for (index, box) in layout.boxes.enumerated() {
                let leaving = layout.ribbons.filter { $0.source == index }.sorted { $0.startY < $1.startY }
                let arriving = layout.ribbons.filter { $0.target == index }.sorted { $0.endY < $1.endY }
                let left = leaving.reduce(0) { $0 + $1.thickness }
                let right = arriving.reduce(0) { $0 + $1.thickness }
                #expect(abs(left - box.leaving * layout.scale) < 1e-6)
                #expect(abs(right - box.arriving * layout.scale) < 1e-6)
                #expect(abs(max(left, right) - box.height) < 1e-6)
                var y = box.y
                for ribbon in leaving {
                    #expect(ribbon.startY - ribbon.thickness / 2 >= y - 1e-6)
                    y = ribbon.startY + ribbon.thickness / 2
                }
                #expect(y <= box.y + box.height + 1e-6)
                y = box.y
                for ribbon in arriving {
                    #expect(ribbon.endY - ribbon.thickness / 2 >= y - 1e-6)
                    y = ribbon.endY + ribbon.thickness / 2
                }
                #expect(y <= box.y + box.height + 1e-6)
            }
        }
    }

    @Test func theSameFlowGivesTheSamePicture() {
        let flow = RandomFlows.flow(7, nodes: 80, links: 300)
        #expect(SankeyLayout(flow) == SankeyLayout(flow))
    }

    @Test func whatGoesForwardGoesToTheRight() {
        let layout = SankeyLayout(RandomFlows.flow(3, nodes: 60, links: 240))
        for ribbon in layout.ribbons where !ribbon.goesBack { #expect(ribbon.startX < ribbon.endX) }
    }

    @Test func moneyThatComesBackRunsUnderTheBoxes() throws {
        let layout = simple([
            .init(from: "a", to: "b", value: 100), .init(from: "b", to: "c", value: 100),
            .init(from: "c", to: "a", value: 10), .init(from: "b", to: "b", value: 5),
        ])
        let back = layout.ribbons.filter(\.goesBack)
        #expect(back.map(\.link) == [2, 3], "the thin link goes back, not the thick ones")
        let foot = layout.boxes.map { $0.y + $0.height }.max() ?? 0
        for ribbon in back {
            let lane = try #require(ribbon.lane)
            #expect(lane - ribbon.thickness / 2 >= foot)
            #expect(lane + ribbon.thickness / 2 <= layout.height)
        }
        let lanes = back.compactMap(\.lane).sorted()
        #expect(lanes[1] - lanes[0] >= (back[0].thickness + back[1].thickness) / 2)
        #expect(layout.boxes.map(\.column) == [0, 1, 2, 0])
    }

    @Test func everyCycleIsCut() {
        for seed in 1...20 {
            // No direction at all: as many cycles as can be.
            let flow = Flow(
                nodes: (0..<30).map { .init(id: "n\($0)", label: "") },
                links: RandomFlows.flow(UInt64(seed), nodes: 30, links: 120).links.enumerated().map {
                    $0.offset % 2 == 0 ? .init(from: $0.element.target, to: $0.element.source, value: 3) : $0.element
                })
            let layout = SankeyLayout(flow)
            for ribbon in layout.ribbons where !ribbon.goesBack {
                #expect(layout.boxes[ribbon.source].column < layout.boxes[ribbon.target].column)
            }
        }
    }

    @Test func whatCannotBeDrawnIsLeftOut() {
        let layout = simple([
            .init(from: "a", to: "nowhere", value: 10), .init(from: "a", to: "b", value: 0),
            .init(from: "a", to: "b", value: -4), .init(from: "a", to: "b", value: .max),
            .init(from: "b", to: "c", value: .max),
        ])
        #expect(layout.ribbons.map(\.link) == [3, 4])
        #expect(layout.ribbons.allSatisfy { $0.thickness.isFinite && $0.thickness > 0 })
        #expect(SankeyLayout(Flow(nodes: [], links: [])).boxes.isEmpty)
        #expect(
            SankeyLayout(Flow(nodes: [.init(id: "a", label: "A"), .init(id: "a", label: "B")], links: [])).boxes.count
                == 1)
    }

    @Test func aLongChainStillFits() {
        let nodes = (0..<200).map { Flow.Node(id: "\($0)", label: "") }
        let links = (1..<200).map { Flow.Link(from: "\($0 - 1)", to: "\($0)", value: 100) }
        let layout = SankeyLayout(Flow(nodes: nodes, links: links))
        #expect(layout.columns == 200)
        #expect(layout.boxes.allSatisfy { $0.x >= 0 && $0.x + $0.width <= layout.width })
    }

    @Test func twoHundredNodesAndAThousandLinks() {
        let flow = RandomFlows.flow(11, nodes: 200, links: 1_000)
        let clock = ContinuousClock()
        var best = Duration.seconds(60)
        for _ in 0..<5 {
            let took = clock.measure { #expect(SankeyLayout(flow).ribbons.count == 1_000) }
            best = min(best, took)
        }
        print("Sankey of 200 nodes and 1,000 links: \(best)")
        // In debug, on a loaded machine; in release the promise is 50 ms.
        #expect(best < .seconds(2))
    }
}
