package dramsys

import "github.com/codesign-gym/codesign/dram/memory"

// fullRun is a run of the controller at clock t with all managers.
func (j *jump) fullRun(t int64) {
	j.ranAt = t
	j.manage(t)
	j.planAll(t)
	p := &j.plan
	heldBack := p.at != forever && p.at > t
	switch {
	case p.at != t:
	case p.rank == nobody:
		j.issue(t, p.bank)
	default:
		j.issueManaged(t)
	}
	j.rearm(t, heldBack)
}

// manage asks all managers.
func (j *jump) manage(t int64) {
	ranks := j.managed.ranks
	for i := range ranks {
		ranks[i].refreshing = ranks[i].refresh.evaluate(t)
	}
	for i := range ranks {
		ranks[i].powering = ranks[i].power.evaluate(t)
	}
}

// planAll makes the plan at clock t from managers and banks.
func (j *jump) planAll(t int64) {
	j.plan = plan{at: forever, key: worst, base: t, rank: nobody}
	j.raiseFloors(t)
	ranks := j.managed.ranks
	for r := range ranks {
		if ranks[r].powering.command != none {
			j.offer(t, r, ranks[r].powering, lastTicket)
			continue
		}
		if ranks[r].refreshing.command != none {
			j.offer(t, r, ranks[r].refreshing, refreshNumber)
		}
		for i := range j.wants {
			w := &j.wants[i]
			b := &j.managed.banks[w.bank]
			if b.rank != r || b.asleep || b.blocked {
				continue
			}
			if key := j.key(w, t, t); key < j.plan.key {
				j.plan.key, j.plan.rank = key, nobody
				j.plan.read(j)
			}
		}
	}
}

// offer enters the command of a manager.
func (j *jump) offer(t int64, r int, p proposal, number int64) {
	start := max(t, j.managed.when(r, p))
	if key := (start+j.lengths[p.command]-t)<<keyClockAt | number<<keyBankBits; key < j.plan.key {
		j.plan = plan{at: start, key: key, base: t, rank: int32(r), bank: int32(p.bank), command: p.command}
	}
}

// issueManaged issues the planned command of a manager and tells everybody.
func (j *jump) issueManaged(t int64) {
	k := j.managed
	p := j.plan
	rank := &k.ranks[p.rank]
	first, end := rank.first, rank.end
	if p.command.OfBank() {
		first, end = int(p.bank), int(p.bank)+1
		j.channel.Issue(t, p.command, first, 0, 0)
	} else {
		j.channel.IssueToRank(t, p.command, int(p.rank))
	}
	for i := first; i < end; i++ {
		current := k.banks[i].current
		k.banks[i].update(p.command, memory.Closed)
		k.banks[i].current = current
		j.evaluate(int32(i))
	}
	rank.refresh.issued(t, p.command, int(p.bank))
	rank.power.issued(t, p.command)
	if rank.held == 0 {
		rank.power.notice(t, ranOut)
	}
}

// rearm ends a run at clock t: the managers look ahead and the next plan is made. A run that held its candidates back leaves out what is
// ready now.
func (j *jump) rearm(t int64, heldBack bool) {
	j.manage(t)
	j.planAll(t)
	j.wake, j.calm = forever, true
	for r := range j.managed.ranks {
		rank := &j.managed.ranks[r]
		for _, p := range []proposal{rank.refreshing, rank.powering} {
			if p.command != none {
				j.calm = false
			} else if !heldBack || p.wake > t {
				j.wake = min(j.wake, max(p.wake, t))
			}
		}
		if j.config.PowerDown != NoPowerDown && (rank.held == 0 || j.managed.banks[rank.first].asleep) {
			j.calm = false
		}
	}
}
