package file

import "fmt"

// Limits are bounds beside the budget. Zero values are none.
type Limits struct {
	StudyS      float64 // wall-clock seconds of one study
	SweepS      float64 // wall-clock seconds of the whole run
	SweepTrials int     // trials of all studies together: the budget of each is lowered alike
}

func readLimits(t table) Limits {
	in, given := t.inner("limits")
	if !given {
		return Limits{}
	}
	in.known("study_s", "sweep_s", "sweep_trials")
	return Limits{
		StudyS: in.seconds("study_s", 0), SweepS: in.seconds("sweep_s", 0), SweepTrials: int(in.integer("sweep_trials", 1, 1<<52, 0)),
	}
}

// value is the table that the limits were read from; nil without any.
func (l Limits) value() map[string]any {
	out := map[string]any{}
	for key, s := range map[string]float64{"study_s": l.StudyS, "sweep_s": l.SweepS} {
		if s != 0 {
			out[key] = s
		}
	}
	if l.SweepTrials != 0 {
		out["sweep_trials"] = int64(l.SweepTrials)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// applySweepTrials lowers the budget so that all studies together keep the limit.
func (f *File) applySweepTrials(r *reader) {
	studies := f.Studies()
	if f.Limits.SweepTrials == 0 || studies == 0 || len(r.errs) > 0 {
		return
	}
	share := int(int64(f.Limits.SweepTrials) / studies)
	if share == 0 {
		r.wrong([]any{"limits", "sweep_trials"}, "%d trials are fewer than the %d studies", f.Limits.SweepTrials, studies)
		return
	}
	if share < f.Budget {
		f.asked, f.Budget = f.Budget, share
	}
}

// Lowered says that limits.sweep_trials lowers the budget of each study; empty where it does not.
func (f *File) Lowered() string {
	if f.asked == 0 {
		return ""
	}
	return fmt.Sprintf("limits.sweep_trials = %d lowers the budget of each study from %d trials to %d", f.Limits.SweepTrials, f.asked, f.Budget)
}
