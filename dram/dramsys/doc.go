// Package dramsys is a DRAM controller with one machine per bank and one buffer per channel, after DRAMSys 5.0. [Run] serves a trace and
// returns the statistics; [Config] chooses the policies.
//
// Times are clocks of the command bus. The devices, their delays and the registers that keep them are those of packages device and memory.
//
// # Actors and rounds
//
// A source S holds the trace, an arbiter A stands before the channels, and each channel has a controller M. Actors run when they are woken. A
// clock has rounds 0, 1, 2, ...: a message or wake-up sent with delay 0 arrives in the next round of the same clock, one with delay n > 0 in
// round 0 of clock now + n. An actor runs at most once in a round. A run begins in clock 0 with one run of every M and of S.
//
// A and S each own a mailbox with one wake-up. A run of the owner reads the messages without delay that were sent in earlier rounds, then the
// delayed ones that are due, by clock, equal ones as sent; if delayed ones are left, it asks to be woken for the first. M owns four wake-ups:
// a command is due, the data of a response are complete, a request arrived, a response was received. A wake-up pends for one clock at a time:
// the earlier one of what was asked for.
//
// M's input slot is no mailbox: the request lies there from the moment in which A writes it, and only the wake-up waits. So it matters in
// round 0 who runs first: an M that runs after A sees a request one run earlier. There are two orders ([EventOrder]):
//
//	Simple   M (by channel), A, S
//	Peer     the order in which the wake-ups leave the heap in which the reference keeps them
//
// The heap is an array from index 1. An entry is appended and moves up while its parent is later. The first is removed by putting the last in
// its place and moving it down: to the left child if that is earlier, to the right one if that is earlier than both. A wake-up that was
// replaced by an earlier one stays in the array until it is first, and is dropped then. All wake-ups of the earliest clock are removed before
// the first actor runs. In later rounds, actors run in the order in which they were woken, in both orders.
//
// # Source
//
// The trace gives request i a clock a(i). The first request is sent with delay a(0). When S learns in clock t that request i was accepted, it
// sends request i + 1 to reach A in clock max(a(i+1), t), or one later if that is t, since S sends one request a clock. With a limit on
// outstanding requests, S sends nothing while as many reads, or as many writes, have no response; the next request then goes in the clock of
// the response that frees a place, or one later if that is also the clock of the last acceptance. S acknowledges a response at once. The run
// ends with the round in which S has the last response; its clock is TotalCycles.
//
// The marks of the latencies (package memory) end when S has the response, and begin
//
//	Request    when the request reaches A; while the previous one is not accepted, it has not yet been sent
//	Accepted   when S learns of the acceptance
//	Arrival    at a(i), or when a request that the limit held back was sent
//
// # Arbiters
//
// Simple hands a request to its channel's M, and an acceptance to S, with delay 0. Responses go to S one at a time: the next one when S has
// acknowledged, a clock later. (That can only delay responses of several channels.)
//
// Fifo counts the active requests: it accepts a request itself if there are fewer than MaxActiveTransactions, and holds one more otherwise. An
// accepted request is told to S and, a round later, joins the queue of its channel. The head goes to M if M has none that it has not accepted:
// with delay 0, or 1 in the clock of M's last acceptance. A response is acknowledged to M and, a round later, joins the queue to S, whose head
// leaves if S is free, with delay 1 in the clock of S's last acknowledgement and else 0. When S acknowledges, the held request takes the
// place, or the count falls by one, and the next response follows with delay 1.
//
// Reorder returns the responses in the order in which their requests became active.
//
// # A run of the controller
//
//  1. Respond. A response that was sent and not acknowledged in this clock ends the step; an acknowledged one is released. Then the head of the
//     response queue is sent if its data are complete: with delay 1 in the clock of a release, else 0. If they are not, M is woken when they are.
//  2. Accept. If the slot holds a request that is due, and the buffer has room, the request gets the next number (1, 2, ...), joins the
//     list of its bank, the bank is evaluated and A is told. If its rank held none before, the power manager is told.
//  3. The refresh managers are evaluated, then the power managers.
//  4. Candidates: the power manager's command of a rank, if it has one; otherwise the refresh manager's and the banks'. A candidate starts at
//     the later of now and the first clock in which it is legal, and ends after the clocks it takes on the command bus.
//  5. The candidate that ends first wins; ties go to the smallest number. A bank's command has the number of its request, a refresh
//     manager's 0, a power manager's infinity. It issues if it starts now. If not, nothing issues in this run, also where another
//     candidate could: a short command that is legal soon holds up a long one that is legal now. With the Strict multiplexer a
//     column command competes only if all requests of smaller numbers had theirs. That works with the Fifo scheduler only:
//     with any other, a hit that overtook its elder in the bank would wait for it, and the elder for the hit.
//  6. A column command ends its request's stay: the request leaves the list, step 2 happens once more for the place that came free, and the
//     response queue gets the response for the end of the data.
//  7. If the rank of the command then holds no request, its power manager is told.
//  8. All banks and managers are evaluated again, and M asks to be woken when the first of their commands is legal, or when a manager without a
//     command wants to be asked. If there were candidates and none issued, those that are legal now are left out: they wait for the winner.
//
// # Bank machines
//
// A bank works for its current request. It is idle if it has none. Evaluation, unless the rank sleeps, the bank is blocked or no request
// waits: the scheduler picks a request. It becomes the current one, except while a row that was opened for the current one has seen no access:
// then only a request to that row may take its place. The next command is
//
//	no row open        ACT
//	another row open   PRE
//	the row is open    RD or WR; RDA or WRA if the page policy closes the row
//
// A column command ends the work for the current request. PRE, PREA and column commands end the protection of the row. A blocked bank proposes
// nothing until it was refreshed; its current request stays, so that it is not idle.
//
//	Open             never closes
//	Closed           always closes
//	OpenAdaptive     closes if a further request waits for the bank and no further request hits
//	ClosedAdaptive   closes unless a further request hits
//
// There is a further request if two or more wait for the bank, and a further hit if two or more of them go to the open row; the Fifo scheduler
// looks at the second request only, the last two schedulers only at requests in the current one's direction.
//
// # Schedulers
//
// Each picks among the requests of one bank, which are in order of arrival.
//
//	Fifo          the oldest
//	FrFcfs        the oldest hit, else the oldest
//	FrFcfsGrp     the oldest hit in the direction of the channel's last column command that has no older hit to the same burst; else as FrFcfs
//	GrpFrFcfs     only requests in that direction while the bank has any: the oldest hit, else the oldest; then those of the other one
//	GrpFrFcfsWm   only requests of one direction, reads or writes, for the whole channel: the oldest hit, else the oldest
//
// Before the first column command the direction is read. GrpFrFcfsWm starts with reads; at every arrival and departure it turns to writes if
// more than HighWatermark of them or no reads wait, and to reads if at most LowWatermark writes and any reads wait.
//
// # Buffers
//
// A request takes its place from the acceptance to the column command. Bankwise has room if the bank of the request accepted last (at first,
// bank 0) holds fewer than RequestBufferSize: it does not look at the bank of the next one. ReadWrite has room if fewer than that many reads
// and fewer than that many writes wait, Shared if fewer wait in all.
//
// # Responses
//
// Data end Rules.ReadData or WriteData after the column command. RespFifo responds in the order of the column commands, RespReorder in that of
// the numbers. In both, a response waits for those before it.
//
// # Refresh
//
// A rank has a deadline, first after one interval I (TREFI, or TREFIPB with PerBank) and I·reverse(r)/ranks earlier for rank r, rounded up,
// with the bits of r reversed; it owes a number of refreshes, 0 at first; and it is in regular or in pull-in mode. Before the deadline
// evaluation does nothing. From then on the power manager is told that a refresh is due; while the rank sleeps, that is all. If a whole
// interval has passed since the deadline, it moves on by I, and the mode is regular. Then, for AllBank,
//
//	regular, owing RefreshMaxPostponed   all banks are blocked
//	regular, a bank is not idle          it owes one more, the deadline moves on by I, nothing else
//	pull-in, a bank is not idle          regular mode, the deadline moves on by I, nothing else
//
// and where something else is left, PREA while a row is open, then REF. A REF in regular mode enters pull-in mode, one in pull-in mode lowers
// what is owed; when the rank is then RefreshMaxPulledIn ahead, it goes back to regular mode and moves the deadline on by I.
//
// PerBank multiplies the limits by the banks of the rank and refreshes each bank once before any a second time. It takes the first idle bank
// that has not had its turn. If none is idle it postpones, or ends pull-in mode, or, when it may not postpone, takes the first bank; whenever
// it may not postpone, the chosen bank is blocked as soon as it is closed, and stays chosen until its REFPB. The commands are PRE while the
// bank is open, then REFPB.
//
// The limits are the user's: JEDEC allows 8 each (DDR5: 4), and between two refreshes 9 intervals at most (DDR5: 5). By the rules above a rank
// that was p ahead and then never idle waits p + RefreshMaxPostponed + 1 intervals, so that limits of which the sum is not above 8 (DDR5: 4)
// are on the safe side.
//
// # Power-down
//
// Staggered wants to enter power-down from the start, whenever a command has left the rank without requests, and after a refresh of such a
// rank: PDEA if a row is open, else PDEP. The first request and a due refresh make it wake: PDXA or PDXP, and a refresh that is due before
// entry takes the wish to enter away. If no request came until PDXP, the rank goes on to self refresh (SREFEN), which only a request ends:
// SREFEX, then REF, before anything else. A rank in self refresh has no deadline; the REF that ends it sets the next one I later.
//
// SelfRefresh knows no power-down. When a rank has held no request for SelfRefreshIdleClocks (from clock 0, or from the issue of its last
// column command), its rows are closed by PREA and it goes to self refresh, to be woken as above. A request that comes before SREFEN calls it
// off. Until then the rank is refreshed as usual; refreshes do not count as requests.
//
// While a rank sleeps, its banks propose nothing. A deadline that passes then is not waited for: M is woken when the exit command is legal.
// (The reference waits for the deadline, which has passed, and hangs if it fell into the first TCKE clocks of a power-down.)
//
// # What cannot happen
//
// A run without end. Every message comes to rest, so that a clock with 10,000 rounds, an agenda without wake-ups before the last response, or
// requests that see no acceptance and no response for memory.WatchdogClocks end the run with a *memory.Stuck, which names the oldest request
// and what it waits for.
//
// # Two engines
//
// The rules above are the event model. In Simple order, and for most policies, Run uses a fast path instead that jumps from decision to
// decision; it has the same results to the command (jump.go says why, and its tests hold it to that).
//
// # What is not modelled
//
// Data, and so hazards between reads and writes of one address. Of several sources there is one. Thinking time of controller and PHY is 0.
//
// # Sources
//
// M. Jung et al., DRAMSys: a flexible DRAM subsystem design space exploration framework, IPSJ T-SLDM 8, 2015; L. Steiner et al., DRAMSys4.0: a
// fast and cycle-accurate SystemC/TLM-based DRAM simulator, SAMOS 2020. The rules were checked against measured results of DRAMSys 5.0 (commit
// 8e021ead): in peer order each of 539 runs has its total cycles, command counts, latencies and energy.
package dramsys
