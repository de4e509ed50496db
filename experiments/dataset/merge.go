package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
)

// Merging says which differences a merge puts up with.
type Merging struct {
	AnyVersion bool // of one simulator: the rows of several versions are then told apart by their column simulator_version alone
	AnyUnit    bool // of one column: it then has none
}

// Merge writes several datasets as one, or reports why their figures do not belong into one table: see Conflicts.
func Merge(dir string, from []*Reader, allowed Merging) error {
	if err := Conflicts(from, allowed); err != nil {
		return err
	}
	return Rewrite(dir, from, nil)
}

// Conflicts reports all reasons not to merge datasets: versions of one simulator that differ, units of one column that differ, the same
// study in two of them.
func Conflicts(from []*Reader, allowed Merging) error {
	var errs []error
	versions, units := map[string]string{}, map[string]string{}
	differ := func(known map[string]string, what, name, value string, may bool, hint string) {
		if old, ok := known[name]; ok && old != value && !may {
			errs = append(errs, fmt.Errorf("dataset: %s of %s: %q and %q: %s", what, name, old, value, hint))
			return
		}
		known[name] = value
	}
	for k, r := range from {
		for _, s := range r.Studies() {
			differ(versions, "version", s.Simulator, s.Version, allowed.AnyVersion, "the numbers are not the same")
			for j := range k {
				if at := slices.IndexFunc(from[j].Studies(), s.same); at >= 0 {
					errs = append(errs, fmt.Errorf("dataset: study %d of %s is study %d of %s again: the same scenario, agent and seed", s.Index, r.dir, at, from[j].dir))
				}
			}
		}
		for _, c := range slices.Concat(r.params, r.metrics) {
			differ(units, "unit", c.Name, c.Unit, allowed.AnyUnit, "the numbers mean different things")
		}
	}
	return errors.Join(distinctErrors(errs)...)
}

// same tells whether two studies are one: what they search, who searches, and by which seed.
func (i StudyInfo) same(o StudyInfo) bool {
	return i.Scenario == o.Scenario && i.task() == o.task() && i.SpaceHash == o.SpaceHash && i.Agent == o.Agent &&
		bytes.Equal(i.Hyperparameters, o.Hyperparameters) && i.Seed == o.Seed && i.Repeat == o.Repeat
}

// task says what gives the results of a design: simulator, version, fidelity and settings.
func (i StudyInfo) task() string {
	return fmt.Sprintf("%q %q %q %s", i.Simulator, i.Version, i.Fidelity, i.Settings)
}

// distinctErrors drops errors with the text of an earlier one.
func distinctErrors(errs []error) []error {
	seen := map[string]bool{}
	return slices.DeleteFunc(errs, func(err error) bool {
		again := seen[err.Error()]
		seen[err.Error()] = true
		return again
	})
}
