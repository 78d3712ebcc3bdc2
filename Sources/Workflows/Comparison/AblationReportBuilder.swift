import Evaluation
import Reporting

/// Turns what an ablation measured into what its page shows.
struct AblationReportBuilder {
    let run: Run
    let variants: [AblationVariant]
    let summary: AblationSummary

    func report() -> AblationReport {
        let flagship = cells(of: .flagship)
        return AblationReport(
            title: run.experiment.title.isEmpty ? run.experiment.name : run.experiment.title,
            runName: run.experiment.name, seeds: flagship.map(\.seed),
            variants: variants.map { variant in
                let cells = cells(of: variant)
                return AblationReport.Variant(
                    name: variant.name, factor: variant.factor, overrides: variant.overrides,
                    dev: SeedStatistics(cells.map(\.result.devF1)),
                    test: statistics(cells.compactMap(\.result.testF1)),
                    devDifference: variant == .flagship ? nil : difference(cells, flagship) { $0.devF1 },
                    testDifference: variant == .flagship ? nil : difference(cells, flagship) { $0.testF1 },
                    trainSeconds: mean(cells.map(\.result.trainSeconds)),
                    pretrainSeconds: pretrainSeconds(of: variant, cells, flagship),
                    megabytes: mean(cells.map { Double($0.result.modelBytes) / 1e6 }),
                    peakMemory: mean(cells.map(\.result.peakMemory)), p50: mean(cells.map(\.latency.p50)),
                    p99: mean(cells.map(\.latency.p99)))
            })
    }

    private func cells(of variant: AblationVariant) -> [AblationSummary.Cell] {
        summary.cells.filter { $0.variant == variant.name && $0.overrides == variant.overrides }
            .sorted { $0.seed < $1.seed }
    }

    /// What the variant's runs reach more than the flagship's of the same seeds.
    private func difference(
        _ cells: [AblationSummary.Cell], _ flagship: [AblationSummary.Cell], _ score: (ChildRun.Result) -> Double?
    ) -> SeedStatistics? {
        statistics(
            cells.compactMap { cell in
                guard let other = flagship.first(where: { $0.seed == cell.seed }), let ours = score(cell.result),
                    let theirs = score(other.result)
                else { return nil }
                return ours - theirs
            })
    }

    /// Runs that share the flagship's encoder took its time, too.
    private func pretrainSeconds(
        of variant: AblationVariant, _ cells: [AblationSummary.Cell], _ flagship: [AblationSummary.Cell]
    ) -> Double? {
        let own = cells.compactMap(\.result.pretrainSeconds)
        if !own.isEmpty { return mean(own) }
        let isOff = variant.overrides.contains("pretrain.enabled=false")
        let shared = flagship.compactMap(\.result.pretrainSeconds)
        return isOff || shared.isEmpty ? nil : mean(shared)
    }

    private func statistics(_ values: [Double]) -> SeedStatistics? { values.isEmpty ? nil : SeedStatistics(values) }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
}
