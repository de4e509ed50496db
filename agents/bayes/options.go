package bayes

import (
	"cmp"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/internal/learn/gp"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Warp is how objectives are bent before a Gaussian process models them. The zero value means Power.
type Warp string

// The warps.
const (
	Power Warp = "power" // Yeo and Johnson's, made as normal as it can
	Rank  Warp = "rank"  // normal quantiles of the ranks
	Plain Warp = "none"  // standardised only
)

// Warps lists the names of the warps.
func Warps() []string { return []string{string(Power), string(Rank), string(Plain)} }

// Region is whether the search keeps to a trust region. The zero value means Auto.
type Region string

// The regions.
const (
	Auto Region = "auto" // from the first trial on that the model has no room for
	On   Region = "on"   // always
	Off  Region = "off"  // never
)

// Regions lists the names of the regions.
func Regions() []string { return []string{string(Auto), string(On), string(Off)} }

// Several is how several objectives are searched. The zero value means SeveralAuto.
type Several string

// The ways of several objectives.
const (
	SeveralAuto Several = "auto"   // EHVI of two objectives, ParEGO of more
	EHVI        Several = "ehvi"   // a process each, and the expected improvement of the hypervolume; of two objectives only
	ParEGO      Several = "parego" // one process of the objectives under random weights
)

// Ways lists the names of the ways of several objectives.
func Ways() []string { return []string{string(SeveralAuto), string(EHVI), string(ParEGO)} }

// Acquisition is what a design is proposed for. The zero value means Improvement.
type Acquisition string

// The acquisitions.
const (
	Improvement Acquisition = "improvement" // the greatest expected improvement that is found
	Thompson    Acquisition = "thompson"    // the best of the candidates in one draw of the models: a batch is as many draws
)

// Acquisitions lists the names of the acquisitions.
func Acquisitions() []string { return []string{string(Improvement), string(Thompson)} }

// StartAuto spreads the start by a Sobol sequence, or by a Latin hypercube in spaces of more axes than a Sobol sequence has.
const StartAuto sampling.Design = "auto"

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Initial    int             // designs of the start; zero means one more than axes, from 6 to 20, and at most a quarter of a known budget
	Start      sampling.Design // how they are spread; zero means StartAuto
	Candidates int             // designs that a proposal is searched from; zero means DefaultCandidates
	Restarts   int             // of these, how many local searches begin at; zero means DefaultRestarts
	Points     int             // the most trials that a model holds; zero means DefaultPoints
	Refit      int             // trials between fits of the models' parameters; zero means 1 + told/20, at most 20
	Warp       Warp            // zero means Power
	Kernel     gp.Mix          // how ordinal and nominal axes combine; zero means gp.Mixed
	Region     Region          // zero means Auto
	Several    Several         // zero means SeveralAuto

	Acquisition Acquisition // zero means Improvement
}

// The defaults of Options.
const (
	DefaultCandidates = 512
	DefaultRestarts   = 3
	DefaultPoints     = 150
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(p agents.Problem) (Options, error) {
	if o.Initial == 0 {
		o.Initial = min(max(p.Space.Len()+1, 6), 20)
		if p.Budget > 0 {
			o.Initial = min(o.Initial, max(p.Budget/4, 2))
		}
	}
	if o.Start == "" || o.Start == StartAuto {
		o.Start = sampling.Sobol
		if p.Space.Len() > sampling.MaxSobolAxes {
			o.Start = sampling.Latin
		}
	}
	o.Candidates = cmp.Or(o.Candidates, DefaultCandidates)
	o.Restarts = cmp.Or(o.Restarts, min(DefaultRestarts, o.Candidates))
	o.Points = cmp.Or(o.Points, DefaultPoints)
	o.Warp, o.Kernel, o.Region = cmp.Or(o.Warp, Power), cmp.Or(o.Kernel, gp.Mixed), cmp.Or(o.Region, Auto)
	o.Acquisition = cmp.Or(o.Acquisition, Improvement)
	if o.Several = cmp.Or(o.Several, SeveralAuto); o.Several == SeveralAuto {
		o.Several = ParEGO
		if p.Objectives == 2 {
			o.Several = EHVI
		}
	}
	var wrong mistakes.List
	wrong.If(o.Initial < 2, "initial %d must be at least 2", o.Initial)
	wrong.If(o.Candidates < 1, "candidates %d must be at least 1", o.Candidates)
	wrong.If(o.Restarts < 1 || o.Restarts > max(o.Candidates, 1), "restarts %d must be in [1, %d], the candidates", o.Restarts, max(o.Candidates, 1))
	wrong.If(o.Points < 8, "points %d must be at least 8", o.Points)
	wrong.If(o.Refit < 0, "refit %d must be at least 0", o.Refit)
	known := func(what, name string, names []string) {
		wrong.IfUnknown(what, name, names)
	}
	known("start", string(o.Start), sampling.Designs())
	known("warp", string(o.Warp), Warps())
	known("kernel", string(o.Kernel), gp.Mixes())
	known("region", string(o.Region), Regions())
	known("acquisition", string(o.Acquisition), Acquisitions())
	known("several", string(o.Several), Ways())
	wrong.If(o.Several == EHVI && p.Objectives != 2, "several = %q is for 2 objectives, the problem has %d", EHVI, p.Objectives)
	return o, wrong.Err()
}
