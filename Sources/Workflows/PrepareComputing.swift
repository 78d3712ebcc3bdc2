import Torch

/// Makes this process one that computes well beside others; to be called first of all, because the program may start again.
public func prepareComputing() { restartWithShortWaiting() }
