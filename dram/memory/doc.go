// Package memory is one DRAM channel as a controller sees it: which row each bank has open, from which clock on each command is legal,
// what was issued so far, and the statistics of the requests.
//
// # Timing registers
//
// The rules of a device (package device) are minimal distances from one command to another, within a bank, a bank group, a rank, or from one
// rank to another. Time never goes back, so the last command of a kind binds most, and every rule becomes a register that is raised when a
// command issues at clock t:
//
//	notBefore[scope][to] = max(notBefore[scope][to], t + clocks)      for every rule (from, to, scope, clocks) of the command
//	window:               raises the rank's register of to, to (last clock of the Count-th last member) + clocks
//	command bus:          the next command may start at t + the clocks that the command takes
//	Earliest(to, bank) = max(bank's, group's and rank's register of to, the bus)
//
// Banks are numbered over the channel: rank · banks of a rank + bank. RDA and WRA close their bank at once in the books; when the device
// really precharges it is a matter of the rules (for the next ACT) and of the power meter (for the energy).
//
// # Row buffer statistics
//
// A column command is a hit unless it is the first after an ACT of its bank; then it is a conflict if the bank had been closed by a PRE of its
// own, else a miss. Hits, misses and conflicts add up to the column commands.
//
// # Latencies
//
// Each is counted for reads and for writes in clocks, from one of three marks to the clock in which the source has the response:
//
//	Request   the request reached the controller's side (BEGIN_REQ)
//	Accepted  the source learned that it was accepted (END_REQ)
//	Arrival   the clock that the trace gives
//
// Each controller's doc.go says which clocks its marks are. Percentiles are exact below 2,048 clocks and the lower end of a bucket of at most
// 0.1 % above; means and maxima are exact. The memory of a histogram is bounded by the logarithm of the largest latency.
package memory
