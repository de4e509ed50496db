package serve

import (
	"context"
	"unicode/utf8"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
)

// evaluate answers Evaluate.
func (f *offer) evaluate(ctx context.Context, r *wire.Evaluate) (wire.Reply, error) {
	points, err := pointsOf(f.spec.Space, r.Points)
	if err != nil {
		return nil, err
	}
	if !r.Score {
		results, err := f.simulator.Evaluate(ctx, points)
		if err != nil {
			return nil, err
		}
		values, reasons := valuesOf(len(results), len(f.spec.Metrics), func(i int) simulators.Result { return results[i] })
		return &wire.Results{Values: values, Reasons: reasons}, nil
	}
	infos, err := env.Evaluate(ctx, f.simulator, f.objective, points)
	if err != nil {
		return nil, err
	}
	reply := &wire.Results{Reward: make([]float64, len(infos))}
	reply.Values, reply.Reasons = valuesOf(len(infos), len(f.spec.Metrics), func(i int) simulators.Result { return infos[i].Result })
	reply.Objectives, reply.Violations = f.scores(infos)
	for i, info := range infos {
		reply.Reward[i] = f.objective.Reward(info.Score)
	}
	return reply, nil
}

// repair answers Repair.
func (f *offer) repair(r *wire.Repair) (wire.Reply, error) {
	points, err := pointsOf(f.spec.Space, r.Points)
	if err != nil {
		return nil, err
	}
	reply := &wire.Repaired{Points: wire.NewLevels(len(points), f.spec.Space.Len())}
	for i, p := range points {
		q, changed := f.instance.Repair(p)
		if changed {
			reply.Changed = append(reply.Changed, uint32(i))
		}
		setLevels(reply.Points.Row(i), q)
	}
	return reply, nil
}

// detail answers Detail.
func (f *offer) detail(ctx context.Context, r *wire.Detail) (wire.Reply, error) {
	points, err := pointsOf(f.spec.Space, wire.Levels{Rows: 1, Cols: len(r.Point), Data: r.Point})
	if err != nil {
		return nil, err
	}
	artifacts, err := sweep.Explain(ctx, f.instance, points[0], 0)
	if err != nil {
		return nil, err
	}
	reply := &wire.Explained{Artifacts: make([]wire.Artifact, len(artifacts))}
	for i, a := range artifacts {
		out := wire.Artifact{Name: a.Name, MediaType: a.MediaType}
		if text := string(a.Data); utf8.ValidString(text) {
			out.Text = &text
		} else {
			out.Base64 = a.Data
		}
		reply.Artifacts[i] = out
	}
	return reply, nil
}

// pointsOf is the canonical points of a table of levels.
func pointsOf(s space.Space, table wire.Levels) ([]space.Point, error) {
	if table.Rows > 0 && table.Cols != s.Len() {
		return nil, refuse("designs of %d levels for %d axes", table.Cols, s.Len())
	}
	points, levels := make([]space.Point, table.Rows), make([]int, table.Rows*table.Cols)
	for i := range points {
		p := space.Point(levels[i*table.Cols : (i+1)*table.Cols : (i+1)*table.Cols])
		if err := setPoint(s, p, table.Row(i)); err != nil {
			return nil, refuse("design %d: %w", i, err)
		}
		points[i] = p
	}
	return points, nil
}

// setPoint makes p the canonical point of some levels.
func setPoint(s space.Space, p space.Point, levels []uint32) error {
	for axis, level := range levels {
		if int64(level) >= int64(s.Levels(axis)) {
			p[axis] = int(level)
			return s.Check(p)
		}
		if p[axis] = int(level); level != 0 && !s.Active(p, axis) {
			p[axis] = 0
		}
	}
	return nil
}

func setLevels(dst []uint32, p space.Point) {
	for axis, level := range p {
		dst[axis] = uint32(level)
	}
}

// valuesOf is the rows of n results, and why some have none.
func valuesOf(n, metrics int, result func(i int) simulators.Result) (wire.Table, []wire.Reason) {
	table := wire.NewTable(n, metrics)
	var reasons []wire.Reason
	for i := range n {
		r := result(i)
		table.Set(i, r.Values)
		if r.Values == nil {
			reasons = append(reasons, wire.Reason{At: i, Infeasible: r.Infeasible, Violation: r.Violation, Failed: r.Failed})
		}
	}
	return table, reasons
}

// scores is the objectives and violations of designs or steps; rows without any are rows without values.
func (f *offer) scores(infos []env.Info) (objectives, violations wire.Table) {
	width := [2]int{1, 1} // of an environment with state: an episode's return, and no constraint
	if f.objective != nil {
		width = [2]int{len(f.objective.Objectives()), len(f.objective.Constraints()) + 1}
	}
	objectives, violations = wire.NewTable(len(infos), width[0]), wire.NewTable(len(infos), width[1])
	for i, info := range infos {
		objectives.Set(i, row(info.Score.Objectives))
		violations.Set(i, row(info.Score.Violations))
	}
	return objectives, violations
}

// row is nil for an empty list.
func row(values []float64) []float64 {
	if len(values) == 0 {
		return nil
	}
	return values
}

// describeObjective is an objective as the protocol has it.
func describeObjective(o objective.Objective) *wire.Objective {
	list := func(terms []objective.Term) []wire.Term {
		out := make([]wire.Term, len(terms))
		for i, t := range terms {
			out[i] = wire.Term(t)
		}
		return out
	}
	return &wire.Objective{Objectives: list(o.Objectives()), Constraints: list(o.Constraints())}
}
