package wire

// Request is a message from a client to a server.
type Request interface {
	message
	request()
}

// message is what requests and replies have in common.
type message interface {
	// name is the type on the wire.
	name() string
	// fields visits every field but type, id and bytes, in the order of writing.
	fields(codec)
}

// Hello opens a conversation.
type Hello struct {
	Protocol int    // set by Conn
	Program  string // who speaks, for people
	Binary   bool   // whether replies may hold binary arrays
	Set      map[string]any
	Problem  *Problem
}

// Evaluate asks for the results of designs.
type Evaluate struct {
	Points Levels
	Score  bool // with objectives, violations and rewards
}

// Repair asks for valid designs.
type Repair struct{ Points Levels }

// Detail asks for the files that explain a design.
type Detail struct{ Point []uint32 }

// Reset starts the episodes of an environment.
type Reset struct {
	Seed  uint64
	Lanes int // 0 = 1
}

// Step takes a step in every lane.
type Step struct {
	Actions Levels // a row a lane, the agents' axes one after the other
	Results bool   // with what was evaluated
}

// Ask asks an agent for at most N designs.
type Ask struct{ N int }

// Tell tells an agent what became of designs.
type Tell struct {
	Points     Levels
	Objectives Table // a row without values: not evaluated
	Violations Table // may be empty: unknown
	Reasons    []Reason
	Given      bool // not asked for
}

// Close ends a server.
type Close struct{}

func (*Hello) name() string    { return "hello" }
func (*Evaluate) name() string { return "evaluate" }
func (*Repair) name() string   { return "repair" }
func (*Detail) name() string   { return "detail" }
func (*Reset) name() string    { return "reset" }
func (*Step) name() string     { return "step" }
func (*Ask) name() string      { return "ask" }
func (*Tell) name() string     { return "tell" }
func (*Close) name() string    { return "close" }

func (*Hello) request()    {}
func (*Evaluate) request() {}
func (*Repair) request()   {}
func (*Detail) request()   {}
func (*Reset) request()    {}
func (*Step) request()     {}
func (*Ask) request()      {}
func (*Tell) request()     {}
func (*Close) request()    {}

func (m *Hello) fields(c codec) {
	c.protocol(&m.Protocol)
	c.text("program", &m.Program, optional)
	c.flag("binary", &m.Binary)
	c.json("set", &m.Set, len(m.Set) > 0, optional)
	c.json("problem", &m.Problem, m.Problem != nil, optional)
}

func (m *Evaluate) fields(c codec) {
	c.levels("points", &m.Points, required)
	c.flag("score", &m.Score)
}

func (m *Repair) fields(c codec) { c.levels("points", &m.Points, required) }

func (m *Detail) fields(c codec) { c.json("point", &m.Point, true, required) }

func (m *Reset) fields(c codec) {
	c.seed("seed", &m.Seed)
	c.count("lanes", &m.Lanes, optional)
}

func (m *Step) fields(c codec) {
	c.levels("actions", &m.Actions, required)
	c.flag("results", &m.Results)
}

func (m *Ask) fields(c codec) { c.count("n", &m.N, required) }

func (m *Tell) fields(c codec) {
	c.levels("points", &m.Points, required)
	c.table("objectives", &m.Objectives, required)
	c.table("violations", &m.Violations, optional)
	c.json("reasons", &m.Reasons, len(m.Reasons) > 0, optional)
	c.flag("given", &m.Given)
}

func (m *Close) fields(codec) {}

// newRequest is an empty request of a type; nil for an unknown one.
func newRequest(name string) Request {
	switch name {
	case "hello":
		return &Hello{}
	case "evaluate":
		return &Evaluate{}
	case "repair":
		return &Repair{}
	case "detail":
		return &Detail{}
	case "reset":
		return &Reset{}
	case "step":
		return &Step{}
	case "ask":
		return &Ask{}
	case "tell":
		return &Tell{}
	case "close":
		return &Close{}
	}
	return nil
}

// Requests lists the types of requests.
func Requests() []string {
	return []string{"hello", "evaluate", "repair", "detail", "reset", "step", "ask", "tell", "close"}
}
