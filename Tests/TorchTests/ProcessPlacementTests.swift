import Testing
import Torch

struct ProcessPlacementTests {
    private static let torchrun = [
        "RANK": "3", "WORLD_SIZE": "4", "LOCAL_RANK": "1", "MASTER_ADDR": "node7", "MASTER_PORT": "29511",
    ]
    private static let slurm = [
        "SLURM_PROCID": "2", "SLURM_NTASKS": "6", "SLURM_LOCALID": "0", "SLURM_JOB_NODELIST": "gpu[03-07,11],login",
    ]

    private func error(_ environment: [String: String]) -> ProcessPlacementError? {
        #expect(throws: ProcessPlacementError.self) { try ProcessPlacement(environment: environment) }
    }

    @Test func aLonelyProcessHasNoPlace() throws {
        #expect(try ProcessPlacement(environment: [:]) == nil)
        #expect(try ProcessPlacement(environment: ["HOME": "/root", "RANK": "", "MASTER_ADDR": ""]) == nil)
        #expect(try ProcessPlacement(environment: ["RANK": "0", "WORLD_SIZE": "1"]) == nil)
        #expect(try ProcessPlacement(environment: ["SLURM_NTASKS": "1"]) == nil)
        // A batch script that asked for no number of tasks.
        #expect(try ProcessPlacement(environment: ["SLURM_PROCID": "0", "SLURM_LOCALID": "0"]) == nil)
    }

    @Test func torchrunSaysWhereAProcessIs() throws {
        let placement = ProcessPlacement(rank: 3, worldSize: 4, localRank: 1, host: "node7", port: 29_511)
        #expect(try ProcessPlacement(environment: Self.torchrun) == placement)
        let both = Self.torchrun.merging(Self.slurm) { $1 }
        #expect(try ProcessPlacement(environment: both) == placement)
        let served = Self.torchrun.merging(["TORCHELASTIC_USE_AGENT_STORE": "True"]) { $1 }
        #expect(try ProcessPlacement(environment: served)?.launcherListens == true)
    }

    @Test func slurmSaysWhereAProcessIs() throws {
        let placement = ProcessPlacement(rank: 2, worldSize: 6, localRank: 0, host: "gpu03", port: 29_500)
        #expect(try ProcessPlacement(environment: Self.slurm) == placement)
        let given = Self.slurm.merging(["MASTER_ADDR": "10.0.0.1", "MASTER_PORT": "4000"]) { $1 }
        let elsewhere = ProcessPlacement(rank: 2, worldSize: 6, localRank: 0, host: "10.0.0.1", port: 4000)
        #expect(try ProcessPlacement(environment: given) == elsewhere)
    }

    @Test(arguments: [
        ("node", "node"), ("n1,n2", "n1"), ("n[2,5]", "n2"), ("n[007-9]", "n007"), ("n[3]", "n3"),
        ("a[1-2]b[04-05].cluster", "a1b04.cluster"), ("host-with-dashes,n[1-2]", "host-with-dashes"),
    ])
    func theFirstMachineOfAListIsFound(list: String, machine: String) throws {
        var environment = Self.slurm.merging(["SLURM_STEP_NODELIST": list]) { $1 }
        #expect(try ProcessPlacement(environment: environment)?.host == machine)
        environment["SLURM_JOB_NODELIST"] = environment.removeValue(forKey: "SLURM_STEP_NODELIST")
        #expect(try ProcessPlacement(environment: environment)?.host == machine)
    }

    @Test(arguments: [",n1", "n[", "n[]", "n[a-b]", "n]1", "n[1-2", "n[,]"])
    func aListThatIsNoneIsRefused(list: String) {
        let environment = Self.slurm.merging(["SLURM_JOB_NODELIST": list]) { $1 }
        #expect(error(environment) == .notAListOfMachines(variable: "SLURM_JOB_NODELIST", value: list))
    }

    @Test(arguments: ["RANK", "WORLD_SIZE", "LOCAL_RANK", "MASTER_ADDR", "MASTER_PORT"])
    func torchrunsVariablesComeTogether(missing: String) {
        var environment = Self.torchrun
        environment[missing] = nil
        let cause = missing == "RANK" ? "WORLD_SIZE" : "RANK"
        #expect(error(environment) == .missing(variable: missing, because: cause))
        #expect(error([missing: "2"])?.description.contains("\(missing) is; start the processes with torchrun") == true)
    }

    @Test(arguments: ["SLURM_PROCID", "SLURM_LOCALID", "SLURM_JOB_NODELIST"])
    func slurmsVariablesComeTogether(missing: String) {
        var environment = Self.slurm
        environment[missing] = nil
        #expect(error(environment) == .missing(variable: missing, because: "SLURM_NTASKS"))
    }

    @Test func numbersAreChecked() {
        func changed(_ name: String, _ value: String, of environment: [String: String] = Self.torchrun) -> String? {
            error(environment.merging([name: value]) { $1 })?.description
        }
        #expect(changed("RANK", "4") == "RANK is 4, outside 0 to 3")
        #expect(changed("RANK", "-1") == "RANK is -1, outside 0 to 3")
        #expect(changed("LOCAL_RANK", "9") == "LOCAL_RANK is 9, outside 0 to 3")
        #expect(changed("WORLD_SIZE", "0") == "WORLD_SIZE is 0, outside 1 to 100000")
        #expect(changed("MASTER_PORT", "0") == "MASTER_PORT is 0, outside 1 to 65535")
        #expect(changed("MASTER_PORT", "65536") == "MASTER_PORT is 65536, outside 1 to 65535")
        #expect(changed("RANK", "two") == "RANK is `two`, not a whole number")
        #expect(changed("WORLD_SIZE", "4.0") == "WORLD_SIZE is `4.0`, not a whole number")
        #expect(changed("MASTER_PORT", "http") == "MASTER_PORT is `http`, not a whole number")
        #expect(changed("SLURM_PROCID", "6", of: Self.slurm) == "SLURM_PROCID is 6, outside 0 to 5")
        #expect(changed("SLURM_NTASKS", "6(x2)", of: Self.slurm) == "SLURM_NTASKS is `6(x2)`, not a whole number")
    }
}
