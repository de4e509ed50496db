package sweep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/study"
)

// Options say how a plan is run. None of them changes the dataset.
type Options struct {
	Out     string // results folder
	Workers int    // studies at a time and evaluations at a time; 0 = one a CPU
	Resume  bool   // continue an unfinished folder
	Version string // of the program, for the manifest
	Command []string
	Told    *atomic.Int64 // counts told trials, replayed ones too; may be nil
	Fleet   Fleet         // other processes that do the work; nil = it is done here
	// Finish adds to a folder what is made of its whole dataset, before the manifest says that the results are complete; its notes join the
	// outcome's. An attempt that resumes the folder begins with an empty ArtifactsName and calls it again. May be nil.
	Finish func(ctx context.Context, p *Plan, dir string) (notes []string, err error)
}

// Outcome is how a run ended.
type Outcome struct {
	Dir      string
	Status   Status
	Studies  int // finished
	Trials   int // told, replayed ones included
	Replayed int
	Stopped  int      // studies that ended because too many evaluations failed
	Notes    []string // what a user should know: torn journals, studies that stopped early
}

// Run runs the plan into the results folder. When ctx ends, running evaluations are given up, everything finished is kept, and the outcome
// is Interrupted without an error.
func Run(ctx context.Context, p *Plan, o Options) (Outcome, error) {
	if p.identity != "" {
		return Outcome{}, errors.New("sweep: a plan that was made of a results folder is for reading it: plan the experiment file to run it")
	}
	o.Workers = WorkersHere(o.Workers)
	if o.Fleet != nil && p.File.Limits.SweepS > 0 && !p.File.DistributeEvaluations {
		return Outcome{}, usage("limits.sweep_s holds where the agents are in one process: run the file without other workers, or with distribute = \"evaluations\"")
	}
	build, err := CurrentBuild(o.Version)
	if err != nil {
		return Outcome{}, err
	}
	dir, done, err := claim(p, o, build)
	if err != nil {
		return Outcome{}, err
	}
	defer dir.release() // a lock file without content
	if done {
		return Outcome{Dir: o.Out, Status: Complete, Studies: len(p.Studies), Notes: []string{"the results are complete: nothing to resume"}}, nil
	}
	r := newRunner(p, o, dir)
	err = r.run(ctx)
	if err == nil && r.outcome.Studies == len(p.Studies) {
		err = r.finish(ctx)
	}
	return r.outcome, errors.Join(err, r.conclude(ctx, err))
}

// runner is the state of one run.
type runner struct {
	plan   *Plan
	o      Options
	dir    *folder
	player *Player // of the studies that are played here

	host  string
	begun time.Time

	mu      sync.Mutex
	open    map[int]*tape // of the running studies, for the once-a-second sync
	endings []ending      // by study; Reason is empty until finished
	outcome Outcome
	here    int // studies that came to their end in this run

	complete bool  // nothing is left to do
	seen     []int // told trials of each study that are counted; a study is run by one worker at a time
}

func newRunner(p *Plan, o Options, dir *folder) *runner {
	r := &runner{
		plan: p, o: o, dir: dir, player: NewPlayer(p, o.Workers),
		begun: time.Now().UTC(), open: map[int]*tape{}, endings: make([]ending, len(p.Studies)), outcome: Outcome{Dir: o.Out}, seen: make([]int, len(p.Studies)),
	}
	if r.host, _ = os.Hostname(); r.host == "" {
		r.host = "localhost"
	}
	if s := p.File.Limits.SweepS; s > 0 {
		r.player.until = time.Now().Add(time.Duration(s * float64(time.Second)))
	}
	if o.Fleet != nil && p.File.DistributeEvaluations {
		r.player.elsewhere = o.Fleet.Evaluate
	}
	return r
}

// run runs the studies on the workers and writes the dataset as they finish, in plan order. The first error stops everything.
func (r *runner) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs, finished := make(chan int), make(chan int, len(r.plan.Studies))
	var failure error
	var once sync.Once
	fail := func(err error) { once.Do(func() { failure = err; cancel() }) }

	var background sync.WaitGroup
	background.Go(func() { r.keepSynced(ctx, fail) })
	if err := r.runRaces(ctx); err != nil {
		fail(err)
	}
	var workers sync.WaitGroup
	for range r.atATime() {
		workers.Go(func() {
			for i := range jobs {
				e, err := r.study(ctx, r.plan.Studies[i])
				if err != nil {
					fail(fmt.Errorf("study %d (%s, %s, repeat %d): %w", i, r.plan.Studies[i].Scenario.Name, r.plan.Studies[i].Agent.Label, r.plan.Studies[i].Repeat, err))
				}
				r.ended(i, e)
				finished <- i
			}
		})
	}
	background.Go(func() {
		defer close(jobs)
		for i := range r.plan.Studies {
			select {
			case jobs <- i:
			case <-ctx.Done():
				return
			}
		}
	})
	background.Go(func() { workers.Wait(); close(finished) })
	if err := r.commit(finished, fail); err != nil {
		fail(err)
	}
	cancel()
	background.Wait()
	return failure
}

// ended keeps how a study ended.
func (r *runner) ended(i int, e ending) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.endings[i] = e
	r.outcome.Trials += e.Trials
	r.outcome.Replayed += e.Replayed
	if e.done() {
		r.outcome.Studies++
		if e.Replayed < e.Trials {
			r.here++
		}
	}
}

// keepSynced syncs the running journals once a second, so that a power loss costs at most one second, and says who is at work.
func (r *runner) keepSynced(ctx context.Context, fail func(error)) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	r.showLive()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		r.mu.Lock()
		for _, t := range r.open {
			if err := t.Sync(); err != nil {
				fail(err)
			}
		}
		r.mu.Unlock()
		r.showLive()
	}
}

// commit writes finished studies to the dataset in plan order, and makes it final when all are in it.
func (r *runner) commit(finished <-chan int, fail func(error)) error {
	w, err := dataset.Create(filepath.Join(r.dir.path, DatasetName), r.plan.Describe())
	if err != nil {
		fail(err)
	}
	ready, next := make([]bool, len(r.plan.Studies)), 0
	for i := range finished {
		ready[i] = true
		for err == nil && next < len(ready) && ready[next] && r.finishedStudy(next) {
			if err = w.Write(next, r.plan.rows(r.dir.path, r.plan.Studies[next])); err != nil {
				fail(err)
			}
			next++
		}
	}
	switch {
	case w == nil:
		return err
	case err != nil || next < len(ready):
		return errors.Join(err, w.Abort())
	}
	if err := errors.Join(w.Close(), r.writeTimings()); err != nil {
		return err
	}
	_, err = writeCard(r.dir.path, dataset.Card{Name: r.plan.File.Name, How: CommandLine(r.o.Command), Workloads: r.plan.workloads()})
	return err
}

// workloads are the scenarios whose simulators describe them in numbers.
func (p *Plan) workloads() (list []dataset.Workload) {
	for _, s := range p.Scenarios {
		if s.instance.Features != nil {
			list = append(list, dataset.Workload{Scenario: s.Name, Features: s.instance.Features()})
		}
	}
	return list
}

func (r *runner) finishedStudy(i int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.endings[i].done()
}

// finish makes what else belongs into a folder with all its studies. A run that ends meanwhile is interrupted, as one in a study is.
func (r *runner) finish(ctx context.Context) error {
	if r.o.Finish != nil {
		notes, err := r.o.Finish(ctx, r.plan, r.dir.path)
		if err != nil && ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		r.outcome.Notes = append(r.outcome.Notes, notes...)
	}
	r.complete = true
	return nil
}

// conclude writes the final manifest.
func (r *runner) conclude(ctx context.Context, failure error) error {
	m := &r.dir.manifest
	switch {
	case failure != nil:
		m.Status, m.Error = Broken, failure.Error()
	case r.complete:
		m.Status = Complete
	case ctx.Err() != nil:
		m.Status = Interrupted
	}
	m.Outside, m.Stopped = nil, nil
	for i, e := range r.endings {
		s := r.plan.Studies[i]
		name := fmt.Sprintf("study %d (%s, %s, repeat %d)", i, s.Scenario.Name, s.Agent.Label, s.Repeat)
		if e.TimedOut > 0 {
			m.Outside = append(m.Outside, fmt.Sprintf("%s: %d evaluations ended by the time limit", name, e.TimedOut))
		}
		if e.Reason == study.TimeSpent {
			m.Outside = append(m.Outside, fmt.Sprintf("%s: ended by a time limit after %d of %d trials", name, e.Trials, r.plan.File.Budget))
		}
		for _, why := range []string{s.Scenario.outside(), s.Agent.program.varies()} {
			if why != "" {
				m.Outside = append(m.Outside, fmt.Sprintf("%s: %s", name, why))
			}
		}
		if e.Reason == study.TooManyFailed {
			m.Stopped = append(m.Stopped, fmt.Sprintf("%s: more than %d evaluations failed; first: %s", name, r.plan.File.MaxFailed, e.FirstFailure))
		}
	}
	for _, a := range r.plan.File.Agents {
		if a.Search.Kind == file.ASHA {
			m.Outside = append(m.Outside, fmt.Sprintf("agent %s: asha does not wait: which settings went on depends on the workers and their speed", a.Name))
		}
	}
	r.showLive()
	m.Ended = now()
	r.outcome.Status = m.Status
	r.outcome.Stopped = len(m.Stopped)
	r.outcome.Notes = append(r.outcome.Notes, m.Stopped...)
	r.outcome.Notes = append(r.outcome.Notes, m.Outside...)
	return m.write(r.dir.path)
}

// writeTimings writes timings.parquet from the endings.
func (r *runner) writeTimings() error {
	rows := make([]dataset.Timing, len(r.endings))
	for i, e := range r.endings {
		rows[i] = dataset.Timing{
			Study: int32(i), AskS: e.AskS, TellS: e.TellS, EvaluateS: e.EvaluateS, WallS: e.WallS,
			Evaluations: int64(e.Evaluations), Replayed: int64(e.Replayed), Attempts: int64(e.Attempts),
		}
	}
	return dataset.WriteTimings(filepath.Join(r.dir.path, TimingsName), rows)
}

// note keeps something a user should know.
func (r *runner) note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outcome.Notes = append(r.outcome.Notes, fmt.Sprintf(format, args...))
}
