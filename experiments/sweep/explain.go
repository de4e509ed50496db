package sweep

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// Explains tells whether the scenario's simulator or environment can explain a design.
func (s *Scenario) Explains() bool { return s.instance.Detail != nil || s.explain != nil }

// explained is what explains the points of a mode. Sequences of actions are not explained.
func (s *Scenario) explained(m Mode) (simulators.Instance, error) {
	switch {
	case m == Steps && s.explain != nil:
		return simulators.Instance{Simulator: named{spec: s.steps}, Detail: s.explain.Detail}, nil
	case m != Steps && s.instance.Detail != nil:
		return s.instance, nil
	}
	return simulators.Instance{}, fmt.Errorf("nothing explains the trials of an agent that %s", m)
}

// Explain gives what explains one design of the results in dir: the one that a trial of a study evaluated. See the function Explain; the limit
// is the file's for an evaluation.
func (p *Plan) Explain(ctx context.Context, dir string, study, trial int) ([]simulators.Artifact, error) {
	s := p.Studies[study]
	for row, err := range p.rows(dir, s) {
		if err != nil {
			return nil, err
		}
		if row.Trial == trial {
			in, err := s.Scenario.explained(s.Mode)
			if err != nil {
				return nil, err
			}
			return Explain(ctx, in, row.Point, p.timeout())
		}
	}
	return nil, fmt.Errorf("study %d has no trial %d", study, trial)
}

// Explain gives what explains a design: at least one artifact, each with a file name of its own. A panic, a call that takes longer than the
// limit and artifacts that break the contract are errors like any other; a limit of 0 is none. As of an evaluation, a model that ignores
// the limit is abandoned, not ended (see wrap.Timeout).
func Explain(ctx context.Context, in simulators.Instance, p space.Point, limit time.Duration) ([]simulators.Artifact, error) {
	e := &explainer{Simulator: in.Simulator, detail: in.Detail}
	results, err := wrap.Chain(wrap.Isolate(), wrap.Timeout(limit))(e).Evaluate(ctx, []space.Point{p})
	if err == nil && results[0].Failed != "" {
		err = errors.New(results[0].Failed)
	}
	if err != nil {
		return nil, err // the model may be running still: its artifacts are not to be looked at
	}
	return e.artifacts, nil
}

// explainer explains a design where a simulator evaluates one, so that the wrappers of an evaluation bound an explanation too.
type explainer struct {
	simulators.Simulator
	detail    func(context.Context, space.Point) ([]simulators.Artifact, error)
	artifacts []simulators.Artifact
}

// Evaluate implements simulators.Simulator for one point: its values mean nothing.
func (e *explainer) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	artifacts, err := e.detail(ctx, points[0])
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err == nil {
		err = checkArtifacts(artifacts)
	}
	if err != nil {
		return []simulators.Result{simulators.Failed(err.Error())}, nil
	}
	e.artifacts = artifacts
	return []simulators.Result{simulators.OK(make([]float64, len(e.Spec().Metrics))...)}, nil
}

// maxArtifactName is the length in bytes that leaves room for a number before an artifact's name in a file system.
const maxArtifactName = 200

// checkArtifacts reports what cannot be files of one folder.
func checkArtifacts(list []simulators.Artifact) error {
	if len(list) == 0 {
		return errors.New("no artifacts were given")
	}
	seen := map[string]bool{}
	for _, a := range list {
		if !fileName(a.Name) {
			return fmt.Errorf("artifact %q: want the name of a file of at most %d bytes", a.Name, maxArtifactName)
		}
		if seen[a.Name] {
			return fmt.Errorf("two artifacts have the name %q", a.Name)
		}
		seen[a.Name] = true
		if _, _, err := mime.ParseMediaType(a.MediaType); err != nil {
			return fmt.Errorf("artifact %q: media type %q: %w", a.Name, a.MediaType, err)
		}
	}
	return nil
}

// fileName tells whether a name is that of a file on any system, and not of one in another folder.
func fileName(name string) bool {
	unfit := func(c rune) bool { return !unicode.IsPrint(c) || strings.ContainsRune(`/\:`, c) }
	return strings.Trim(name, ".") != "" && len(name) <= maxArtifactName && utf8.ValidString(name) && !strings.ContainsFunc(name, unfit)
}
