package wire

// Reply is a message from a server to a client.
type Reply interface {
	message
	reply()
}

// Welcome answers Hello.
type Welcome struct {
	Protocol         int // set by Conn
	Program          string
	Serves           []string // types of requests besides hello and close
	Nondeterministic bool     // "deterministic" on the wire, where it defaults to true
	Binary           bool
	Spec             *Spec
	Settings         []Setting
	Set              map[string]any
	Agents           []Player // of an environment
	Horizon          int      // steps of an episode; 0 = not fixed
	Objective        *Objective
	Agent            *Searcher
}

// Results answers Evaluate.
type Results struct {
	Values     Table
	Reasons    []Reason // of the rows without values, ascending
	Objectives Table
	Violations Table
	Reward     []float64
}

// Repaired answers Repair.
type Repaired struct {
	Points  Levels
	Changed []uint32 // rows
}

// Explained answers Detail.
type Explained struct{ Artifacts []Artifact }

// Started answers Reset.
type Started struct {
	Observations Table  // a row a lane, the agents' observations one after the other
	Masks        Levels // no rows: every level is legal
}

// Stepped answers Step.
type Stepped struct {
	Observations Table // of the next step, likewise
	Rewards      Table // a row a lane, a number an agent
	Terminated   []uint32
	Truncated    []uint32
	Final        Table // a row an ended lane
	Masks        Levels

	Points     Levels // with Step.Results, as are the rest
	Values     Table
	Reasons    []Reason
	Objectives Table
	Violations Table
}

// Asked answers Ask.
type Asked struct{ Points Levels }

// Told answers Tell.
type Told struct{}

// Closed answers Close.
type Closed struct{}

// Progress comes before a reply that takes long.
type Progress struct {
	Done, Total int // Total 0 = not known
	Text        string
}

// Error answers what was refused or broke.
type Error struct {
	Broken bool // the server's own fault; else the request is wrong
	Text   string
}

// Error words it.
func (m *Error) Error() string { return m.Text }

func (*Welcome) name() string   { return "hello" }
func (*Results) name() string   { return "evaluate" }
func (*Repaired) name() string  { return "repair" }
func (*Explained) name() string { return "detail" }
func (*Started) name() string   { return "reset" }
func (*Stepped) name() string   { return "step" }
func (*Asked) name() string     { return "ask" }
func (*Told) name() string      { return "tell" }
func (*Closed) name() string    { return "close" }
func (*Progress) name() string  { return "progress" }
func (*Error) name() string     { return "error" }

func (*Welcome) reply()   {}
func (*Results) reply()   {}
func (*Repaired) reply()  {}
func (*Explained) reply() {}
func (*Started) reply()   {}
func (*Stepped) reply()   {}
func (*Asked) reply()     {}
func (*Told) reply()      {}
func (*Closed) reply()    {}
func (*Progress) reply()  {}
func (*Error) reply()     {}

func (m *Welcome) fields(c codec) {
	c.protocol(&m.Protocol)
	c.text("program", &m.Program, optional)
	c.json("serves", &m.Serves, true, required)
	deterministic := !m.Nondeterministic
	c.json("deterministic", &deterministic, m.Nondeterministic, optional)
	m.Nondeterministic = !deterministic
	c.flag("binary", &m.Binary)
	c.json("spec", &m.Spec, m.Spec != nil, optional)
	c.json("settings", &m.Settings, len(m.Settings) > 0, optional)
	c.json("set", &m.Set, len(m.Set) > 0, optional)
	c.json("agents", &m.Agents, len(m.Agents) > 0, optional)
	c.count("horizon", &m.Horizon, optional)
	c.json("objective", &m.Objective, m.Objective != nil, optional)
	c.json("agent", &m.Agent, m.Agent != nil, optional)
}

func (m *Results) fields(c codec) {
	c.table("values", &m.Values, required)
	c.json("reasons", &m.Reasons, len(m.Reasons) > 0, optional)
	c.table("objectives", &m.Objectives, optional)
	c.table("violations", &m.Violations, optional)
	c.list("reward", &m.Reward)
}

func (m *Repaired) fields(c codec) {
	c.levels("points", &m.Points, required)
	c.indices("changed", &m.Changed)
}

func (m *Explained) fields(c codec) { c.json("artifacts", &m.Artifacts, true, required) }

func (m *Started) fields(c codec) {
	c.table("observations", &m.Observations, required)
	c.levels("masks", &m.Masks, optional)
}

func (m *Stepped) fields(c codec) {
	c.table("observations", &m.Observations, required)
	c.table("rewards", &m.Rewards, required)
	c.indices("terminated", &m.Terminated)
	c.indices("truncated", &m.Truncated)
	c.table("final_observations", &m.Final, optional)
	c.levels("masks", &m.Masks, optional)
	c.levels("points", &m.Points, optional)
	c.table("values", &m.Values, optional)
	c.json("reasons", &m.Reasons, len(m.Reasons) > 0, optional)
	c.table("objectives", &m.Objectives, optional)
	c.table("violations", &m.Violations, optional)
}

func (m *Asked) fields(c codec) { c.levels("points", &m.Points, required) }

func (m *Told) fields(codec) {}

func (m *Closed) fields(codec) {}

func (m *Progress) fields(c codec) {
	c.count("done", &m.Done, required)
	c.count("total", &m.Total, optional)
	c.text("text", &m.Text, optional)
}

func (m *Error) fields(c codec) {
	kind := "request"
	if m.Broken {
		kind = "broken"
	}
	c.choice("kind", &kind, "request", "broken")
	m.Broken = kind == "broken"
	c.text("error", &m.Text, required)
}

// newReply is an empty reply of a type; nil for an unknown one.
func newReply(name string) Reply {
	switch name {
	case "hello":
		return &Welcome{}
	case "evaluate":
		return &Results{}
	case "repair":
		return &Repaired{}
	case "detail":
		return &Explained{}
	case "reset":
		return &Started{}
	case "step":
		return &Stepped{}
	case "ask":
		return &Asked{}
	case "tell":
		return &Told{}
	case "close":
		return &Closed{}
	case "progress":
		return &Progress{}
	case "error":
		return &Error{}
	}
	return nil
}
