package agentsbench

// Criterion says how a bar is judged. An agent holds
//
//	NoWorse    when it is not significantly worse than Against on at least Needed of Functions
//	Better     when it is significantly better than Against on at least Needed of Functions
//	First      when its mean rank among the reference agents is below each of theirs (without another agent of ours in the ranking)
//	Third      when at most two of all agents that are measured on the eight functions, ours and theirs, have a lower mean rank
//	AboveAll   when its median hypervolume is above that of every reference agent on at least Needed of Functions
//	Within     when ask and tell take less than LimitMS a trial, on average between the two last checkpoints up to Trials, on each of Functions
type Criterion string

// The criteria.
const (
	NoWorse  Criterion = "no worse"
	Better   Criterion = "better"
	First    Criterion = "first in mean rank"
	Third    Criterion = "third in mean rank"
	AboveAll Criterion = "above all"
	Within   Criterion = "within a time"
)

// Bar is something that agents of ours are to hold against the reference agents.
type Bar struct {
	Name      string
	Criterion Criterion
	Ours      []string // the families that it is about; nil = every agent of ours
	All       bool     // every measured agent of Ours has to hold; else one is enough
	Against   Agent    // the reference agent
	Trials    int
	Functions []string
	Needed    int     // of Functions
	LimitMS   float64 // of Within
	Stretch   bool    // hoped for, not asked for
}

// Bars lists the bars of this project's agents.
func Bars() []Bar {
	single, several := Functions(false), Functions(true)
	baseline := func(name string) Agent { return Agent{"baseline", name} }
	optuna := func(name string) Agent { return Agent{"optuna-3.1.0", name} }
	gp, forest, tpe := []string{"bo"}, []string{"rf"}, []string{"tpe"}
	evolutionary, ants := []string{"ga", "regevo", "nsga2"}, []string{"acs", "mmas"}
	joint := []string{"ippo", "mappo"}
	twenty := []string{"ackley20_mixed"}
	bars := []Bar{
		{Name: "GP", Criterion: NoWorse, Ours: gp, Against: baseline("gp-ei"), Trials: 100, Functions: single, Needed: 7},
		{Name: "GP", Criterion: First, Ours: gp, Trials: 100},
		{Name: "forest", Criterion: NoWorse, Ours: forest, Against: baseline("rf-ei"), Trials: 100, Functions: single, Needed: 6},
		{Name: "TPE", Criterion: NoWorse, Ours: tpe, Against: optuna("tpe-mv"), Trials: 100, Functions: single, Needed: 6},
		{Name: "GP", Criterion: Within, Ours: gp, All: true, Trials: 1000, Functions: twenty, LimitMS: 50},
		{Name: "TPE", Criterion: Within, Ours: tpe, All: true, Trials: 1000, Functions: twenty, LimitMS: 5},
		{Name: "evolutionary", Criterion: Within, Ours: evolutionary, All: true, Trials: 1000, Functions: twenty, LimitMS: 0.1},
		{Name: "ant colony", Criterion: Within, Ours: ants, All: true, Trials: 1000, Functions: twenty, LimitMS: 0.1},
		{Name: "TPE", Criterion: NoWorse, Ours: tpe, Against: optuna("tpe-mv"), Trials: 200, Functions: single, Needed: 7},
		{Name: "GP", Criterion: First, Ours: gp, Trials: 200},
		{Name: "best evolutionary", Criterion: First, Ours: evolutionary, Trials: 1000},
		{Name: "every agent", Criterion: NoWorse, All: true, Against: baseline("random"), Trials: 200, Functions: single, Needed: len(single)},
		{Name: "every agent", Criterion: NoWorse, All: true, Against: baseline("random"), Trials: 200, Functions: several, Needed: len(several)},
		{Name: "NSGA-II", Criterion: AboveAll, Ours: []string{"nsga2"}, Trials: 200, Functions: several, Needed: len(several)},
		{Name: "NSGA-II", Criterion: AboveAll, Ours: []string{"nsga2"}, Trials: 1000, Functions: several, Needed: len(several)},
		{Name: "NSGA-III", Criterion: AboveAll, Ours: []string{"nsga3"}, Trials: 200, Functions: several, Needed: len(several)},
		{Name: "NSGA-III", Criterion: AboveAll, Ours: []string{"nsga3"}, Trials: 1000, Functions: several, Needed: len(several)},
		{Name: "LINAS", Criterion: AboveAll, Ours: []string{"linas"}, Trials: 200, Functions: several, Needed: len(several)},
		{Name: "GP", Criterion: AboveAll, Ours: gp, Trials: 200, Functions: several, Needed: len(several)},
		{Name: "auto", Criterion: Third, Ours: []string{"auto"}, Trials: 100},
		{Name: "auto", Criterion: Third, Ours: []string{"auto"}, Trials: 200},
		{Name: "auto", Criterion: Third, Ours: []string{"auto"}, Trials: 1000},
		{Name: "multi-agent", Criterion: Better, Ours: joint, Against: baseline("reinforce"), Trials: 200, Functions: single, Needed: len(single)},
		{Name: "multi-agent", Criterion: Better, Ours: joint, Against: baseline("reinforce"), Trials: 1000, Functions: single, Needed: len(single)},
		{Name: "multi-agent", Criterion: NoWorse, Ours: joint, Against: baseline("ga"), Trials: 1000, Functions: single, Needed: 5, Stretch: true},
	}
	for _, trials := range []int{200, 1000} {
		for _, n := range []struct {
			name, ours string
			against    Agent
		}{
			{"GA", "ga", baseline("ga")},
			{"NSGA-II", "nsga2", optuna("nsga2")},
			{"ageing evolution", "regevo", baseline("regevo")},
			{"CMA-ES", "cmaes", baseline("cmaes")},
			{"differential evolution", "de", baseline("de")},
			{"MAX-MIN", "mmas", baseline("mmas")},
			{"hill climbing", "hill", baseline("hill")},
			{"annealing", "sa", baseline("sa")},
			{"REINFORCE", "reinforce", baseline("reinforce")},
		} {
			bars = append(bars, Bar{Name: n.name, Criterion: NoWorse, Ours: []string{n.ours}, Against: n.against, Trials: trials, Functions: single, Needed: 7})
		}
	}
	return bars
}
