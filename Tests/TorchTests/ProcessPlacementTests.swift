import Testing
import Torch

struct ProcessPlacementTests {
    @Test("one process, or none that says so, is alone")
    func alone() throws {
        #expect(try ProcessPlacement.current([:]) == nil)
        #expect(try ProcessPlacement.current(["RANK": "0", "WORLD_SIZE": "1"]) == nil)
        // A batch script is no task of a step.
        #expect(try ProcessPlacement.current(["SLURM_PROCID": "0", "SLURM_NTASKS": "4"]) == nil)
    }

    @Test("torchrun's variables are read")
    func torchrun() throws {
        let environment = ["RANK": "2", "WORLD_SIZE": "4", "MASTER_ADDR": "node1", "MASTER_PORT": "1234"]
        let placement = try ProcessPlacement.current(environment)
        #expect(placement?.rank == 2 && placement?.size == 4)
        #expect(placement?.host == "node1" && placement?.port == 1234)
    }

    @Test(
        "Slurm's variables are read, and the first machine of its list",
        arguments: [
            ("node7", "node7"), ("node7,node9", "node7"), ("node[07-09,12],login1", "node07"),
            ("gpu[3]", "gpu3"), ("a,b[1-2]", "a"), ("rack[1-2]-ib", "rack1-ib"),
        ])
    func slurm(list: String, first: String) throws {
        var environment = [
            "SLURM_PROCID": "1", "SLURM_NTASKS": "8", "SLURM_STEP_NUM_TASKS": "2", "SLURM_STEP_ID": "0",
            "SLURM_JOB_NODELIST": list,
        ]
        let placement = try ProcessPlacement.current(environment)
        #expect(placement?.rank == 1 && placement?.size == 2)
        #expect(placement?.host == first && placement?.port == 29_500)
        environment["MASTER_ADDR"] = "elsewhere"
        #expect(try ProcessPlacement.current(environment)?.host == "elsewhere")
    }

    @Test(
        "half a placement and values out of range are refused by the variable's name",
        arguments: [
            (["RANK": "0"], "WORLD_SIZE", "is not set, though the variables that go with it are"),
            (["WORLD_SIZE": "2"], "RANK", "is not set, though the variables that go with it are"),
            (["RANK": "2", "WORLD_SIZE": "2"], "RANK", "must be a whole number from 0 to 1, not `2`"),
            (["RANK": "x", "WORLD_SIZE": "2"], "RANK", "must be a whole number from 0 to 1, not `x`"),
            (["RANK": "0", "WORLD_SIZE": "0"], "WORLD_SIZE", "must be a whole number from 1 to 65536, not `0`"),
            (
                ["RANK": "0", "WORLD_SIZE": "2"], "MASTER_ADDR",
                "is not set; set it to the machine of the process with RANK 0"
            ),
            (
                ["RANK": "0", "WORLD_SIZE": "2", "MASTER_ADDR": "a", "MASTER_PORT": "70000"], "MASTER_PORT",
                "must be a whole number from 1 to 65535, not `70000`"
            ),
        ])
    func faults(environment: [String: String], variable: String, reason: String) {
        let fault = #expect(throws: ProcessPlacement.Fault.self) { try ProcessPlacement.current(environment) }
        #expect(fault == ProcessPlacement.Fault(variable: variable, reason: reason))
    }
}
