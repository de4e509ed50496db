package process

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
)

// Program is a program as a simulator, or as an environment with state where it serves steps but no evaluations. It is safe for concurrent use.
type Program struct {
	pool     *pool
	spec     simulators.Spec
	declared []simulators.Setting
	settings simulators.Settings
	agents   []env.AgentSpec // of an environment; nil for a program that is none
	timeout  time.Duration
	recalled bool // see Recall
}

var _ simulators.Simulator = (*Program)(nil)

// Open starts a copy of the program, which must shake hands and serve evaluate, or reset and step; it is kept for the first request.
func Open(ctx context.Context, o Options) (*Program, error) {
	words, folder, err := o.command()
	if err != nil {
		return nil, err
	}
	p := &Program{pool: &pool{options: o, words: words, folder: folder}, timeout: o.Timeout}
	c, err := p.pool.start(ctx)
	if err != nil {
		return nil, p.named(err)
	}
	if err := p.accept(c.welcome); err != nil {
		c.end()
		return nil, p.named(err)
	}
	p.pool.put(c)
	return p, nil
}

// named says which program an error is about.
func (p *Program) named(err error) error {
	return fmt.Errorf("program %s: %w", strings.Join(p.pool.options.Command, " "), err)
}

// accept takes over what the program says of itself.
func (p *Program) accept(w *wire.Welcome) (err error) {
	steps := slices.Contains(w.Serves, "reset") && slices.Contains(w.Serves, "step")
	if !slices.Contains(w.Serves, "evaluate") && !steps || w.Spec == nil {
		return fmt.Errorf("it is neither a simulator nor an environment: it serves %q, with a specification: %v", w.Serves, w.Spec != nil)
	}
	if steps {
		if p.agents, err = Players(w.Agents); err != nil {
			return err
		}
	}
	if p.spec, err = Spec(*w.Spec); err != nil {
		return fmt.Errorf("its specification: %w", err)
	}
	if p.declared, err = Settings(w.Settings); err != nil {
		return fmt.Errorf("its settings: %w", err)
	}
	p.settings, err = simulators.NewSettings(p.declared, p.pool.options.Set)
	return err
}

// Spec implements simulators.Simulator.
func (p *Program) Spec() simulators.Spec { return p.spec }

// Settings is the values of the program's settings, and Declared what there are.
func (p *Program) Settings() simulators.Settings { return p.settings }

// Declared lists the settings that the program has.
func (p *Program) Declared() []simulators.Setting { return slices.Clone(p.declared) }

// Simulates tells whether the program evaluates designs; else it is an environment with state.
func (p *Program) Simulates() bool { return slices.Contains(p.pool.first.Serves, "evaluate") }

// Horizon is the steps of an episode of an environment; 0 = they are not fixed.
func (p *Program) Horizon() int { return p.pool.first.Horizon }

// Deterministic tells whether the program promises equal results for equal designs.
func (p *Program) Deterministic() bool { return !p.pool.first.Nondeterministic }

// Identity is the hash of what the program says of itself: specification, settings, abilities. Results of another identity do not belong together.
func (p *Program) Identity() string { return identity(p.pool.first) }

func identity(w *wire.Welcome) string {
	same := *w
	same.Program, same.Binary = "", false // who it is and how it talks, not what it computes
	text, err := json.Marshal(same)
	if err != nil {
		panic(fmt.Sprintf("process: %v", err)) // it came as JSON
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Instance is the program with the abilities that its hello names.
func (p *Program) Instance() simulators.Instance {
	in := simulators.Instance{Simulator: p}
	if p.recalled {
		return in
	}
	if slices.Contains(p.pool.first.Serves, "repair") {
		in.Repair = p.repair
	}
	if slices.Contains(p.pool.first.Serves, "detail") {
		in.Detail = p.detail
	}
	return in
}

// Close ends all copies of the program.
func (p *Program) Close() error {
	p.pool.close()
	return nil
}

// Kill ends all copies of the program at once, those that evaluate something too: for a command that is interrupted.
func (p *Program) Kill() { p.pool.kill() }

// call asks a copy something. An error of the context or a changedError ends everything, any other one is of this request.
func (p *Program) call(ctx context.Context, request wire.Request, limit time.Duration) (wire.Reply, error) {
	if p.recalled {
		return nil, p.named(errRecalled)
	}
	c, err := p.pool.take(ctx)
	if err != nil {
		return nil, err
	}
	reply, err := c.call(ctx, request, limit)
	if _, broken := errors.AsType[brokenError](err); broken {
		p.pool.lost()
		c.end()
		return nil, err
	}
	p.pool.put(c)
	return reply, err
}

// detail explains a design.
func (p *Program) detail(ctx context.Context, point space.Point) ([]simulators.Artifact, error) {
	levels := make([]uint32, len(point))
	setLevels(levels, point)
	reply, err := p.call(ctx, &wire.Detail{Point: levels}, p.timeout)
	if err != nil {
		return nil, p.named(err)
	}
	explained, ok := reply.(*wire.Explained)
	if !ok {
		return nil, p.named(errors.New("it answers detail with something else"))
	}
	artifacts := make([]simulators.Artifact, len(explained.Artifacts))
	for i, a := range explained.Artifacts {
		artifacts[i] = simulators.Artifact{Name: a.Name, MediaType: a.MediaType, Data: a.Base64}
		if a.Text != nil {
			artifacts[i].Data = []byte(*a.Text)
		}
	}
	return artifacts, nil
}

// repairLimit bounds a repair, which no context ends.
const repairLimit = 30 * time.Second

// repair projects a design onto the valid ones. What goes wrong changes nothing: the evaluation of the design will say more.
func (p *Program) repair(point space.Point) (space.Point, bool) {
	request := &wire.Repair{Points: wire.NewLevels(1, len(point))}
	setLevels(request.Points.Data, point)
	reply, err := p.call(context.Background(), request, repairLimit)
	repaired, ok := reply.(*wire.Repaired)
	if err != nil || !ok || repaired.Points.Rows != 1 || repaired.Points.Cols != len(point) {
		return point, false
	}
	fixed := make(space.Point, len(point))
	for axis, level := range repaired.Points.Data {
		fixed[axis] = int(level)
	}
	if p.spec.Space.Check(fixed) != nil || slices.Equal(fixed, point) {
		return point, false
	}
	return fixed, true
}

func setLevels(dst []uint32, p space.Point) {
	for axis, level := range p {
		dst[axis] = uint32(level)
	}
}
