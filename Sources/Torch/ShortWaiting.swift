import Foundation

/// Starts this program again in the same process, with libgomp's threads told to wait shortly; does nothing the second
/// time, or where the user has said how they wait.
///
/// They wait for each other by spinning, by default for longer than a whole kernel takes. Where other work keeps the cores
/// busy, what is waited for does not run because of the waiting; Benchmarks/busy-cores.sh measures it. Where cores are
/// free a short spin is as fast. libgomp reads the environment once, when it is loaded, hence the new start.
public func restartWithShortWaiting() {
    guard getenv("GOMP_SPINCOUNT") == nil, getenv("OMP_WAIT_POLICY") == nil,
        let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return }
    setenv("GOMP_SPINCOUNT", "5000", 1)
    // It returns only when it fails; then the program goes on as it is.
    execv(program, CommandLine.unsafeArgv)
}
