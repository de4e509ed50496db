package dramsys

import "github.com/codesign-gym/codesign/dram/memory"

// model is a run of the actors: the controllers, the arbiter and the source.
type model struct {
	agenda      *agenda
	requests    pool
	controllers []*controller
	arbiter     arbiter
	arbiterBox  mailbox
	source      source
	recorder    memory.Recorder
	ran         []int64 // round of the last run, by actor
	rounds      int     // of this clock, so far
	patience    int64   // clocks without progress that are too many
}

func newModel(c Config, j *memory.Job) *model {
	channels := j.Channels
	var actors []int32 // by wake-up
	for i := range channels {
		for range wakesOfOne {
			actors = append(actors, int32(i))
		}
	}
	arbiterWake := int32(len(actors))
	actors = append(actors, int32(channels), int32(channels+1))
	m := &model{
		agenda: newAgenda(actors, c.EventOrder), arbiter: newArbiter(c, channels), arbiterBox: mailbox{wake: arbiterWake},
		source: newSource(j, arbiterWake+1), ran: make([]int64, channels+2), patience: memory.WatchdogClocks(j.Device),
	}
	rules := j.Rules()
	for i, channel := range j.NewChannels(rules, neverIssued(c)...) {
		m.controllers = append(m.controllers, newController(c, j, channel, rules, &m.requests, int32(i), int32(i*wakesOfOne)))
	}
	return m
}

// runEvents runs a job in the event model.
func runEvents(c Config, j *memory.Job) (memory.Stats, error) {
	m := newModel(c, j)
	if err := m.run(); err != nil {
		return memory.Stats{}, err
	}
	return m.stats(), nil
}

// stats are the statistics of a run that is over.
func (m *model) stats() memory.Stats {
	channels := make([]*memory.Channel, len(m.controllers))
	for i, k := range m.controllers {
		channels[i] = k.channel
	}
	return m.recorder.Finish(m.agenda.now, channels)
}

// run goes from round to round until the source has its last response.
func (m *model) run() error {
	m.start()
	for !m.source.finished() {
		if err := m.step(); err != nil {
			return err
		}
	}
	return m.source.err
}

// start is clock 0, in which the controllers and the source run once before anything else.
func (m *model) start() {
	for i := range m.controllers {
		m.controllers[i].run(m)
	}
	m.source.send(m)
}

// step runs the actors of the next round.
func (m *model) step() error {
	m.rounds++
	if len(m.agenda.next) == 0 {
		if !m.agenda.future.advance(m.agenda) {
			return m.stuck()
		}
		m.rounds = 0
	}
	if m.rounds > maxRounds || m.overdue() {
		return m.stuck()
	}
	for _, w := range m.agenda.begin() {
		m.wake(m.agenda.wakes[w].actor)
	}
	return nil
}

// wake runs an actor once in a round, even if it was woken twice.
func (m *model) wake(actor int32) {
	if m.ran[actor] == m.agenda.round {
		return
	}
	m.ran[actor] = m.agenda.round
	switch controllers := int32(len(m.controllers)); actor {
	case controllers:
		m.runArbiter()
	case controllers + 1:
		m.source.run(m)
	default:
		m.controllers[actor].run(m)
	}
}

// runArbiter reads the arbiter's messages.
func (m *model) runArbiter() {
	for {
		message, ok := m.arbiterBox.receive(m.agenda)
		if !ok {
			return
		}
		m.arbiter.handle(m, message)
	}
}
