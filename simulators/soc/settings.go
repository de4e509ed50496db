package soc

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
	"github.com/codesign-gym/codesign/soc"
	"github.com/codesign-gym/codesign/soc/format"
)

// maxFileBytes bounds each file that a setting names.
const maxFileBytes = 1 << 20

// The profiles as the setting names them.
const (
	repaired  = "repaired"
	reference = "reference"
)

// systemSettings say what a search holds fixed.
func systemSettings(workload, profile string) []simulators.Setting {
	return []simulators.Setting{
		{Name: "workload", Doc: "task graph, or several that run together, joined by +: codesign list workloads", Default: workload},
		{Name: "workload_file", Doc: "file of a task graph instead: JSON, or FARSI's \"<name>_database - Task Data Movement.csv\" with the other tables beside it; empty = none", Default: ""},
		{Name: "profile", Doc: "repaired = with leakage, buses that cost energy and area, and voltage levels; reference = FARSI's rules and figures exactly",
			Default: profile, Allowed: []string{repaired, reference}},
		{Name: "power_budget_mw", Unit: "mW", Doc: "of the worst 10 ms; 0 = the sum of the workloads' own", Default: 0.0, Min: 0, Max: 1e9},
		{Name: "area_budget_mm2", Unit: "mm2", Doc: "without DRAM, and once more for DRAM; 0 = the sum of the workloads' own", Default: 0.0, Min: 0, Max: 1e9},
	}
}

// openSystem makes what the settings hold fixed. The origin tells the content of files apart in the version.
func openSystem(s simulators.Settings) (system *soc.System, origin string, err error) {
	workloads, origin, err := openWorkloads(s)
	if err != nil {
		return nil, "", err
	}
	g, err := soc.Together(workloads...)
	if err != nil {
		return nil, "", err
	}
	budget := g.Budget
	if power := s.Float("power_budget_mw"); power > 0 {
		budget.PowerMW = power
	}
	if area := s.Float("area_budget_mm2"); area > 0 {
		budget.AreaMM2 = area
	}
	library, profile := soc.DefaultLibrary(), soc.Repaired
	if s.String("profile") == reference {
		library, profile = soc.PublishedLibrary(), soc.Reference
	}
	system, err = soc.NewSystem(g, library, budget, profile)
	return system, origin, err
}

func openWorkloads(s simulators.Settings) (list []soc.Workload, origin string, err error) {
	if path := s.String("workload_file"); path != "" {
		w, origin, err := openWorkloadFile(path)
		return []soc.Workload{w}, origin, err
	}
	var errs []error
	for name := range strings.SplitSeq(s.String("workload"), "+") {
		w, err := soc.Lookup(strings.TrimSpace(name))
		list, errs = append(list, w), append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, "", fmt.Errorf("setting workload: %w", err)
	}
	return list, "", nil
}

// openWorkloadFile reads a workload.
func openWorkloadFile(path string) (soc.Workload, string, error) {
	const setting = "workload_file"
	text, origin, err := files.Read(setting, path, maxFileBytes)
	if err != nil {
		return soc.Workload{}, "", err
	}
	named := func(w soc.Workload, err error) (soc.Workload, string, error) {
		if err != nil {
			err = fmt.Errorf("setting %s: %s: %w", setting, path, err)
		}
		return w, origin, err
	}
	switch {
	case strings.HasSuffix(path, ".json"):
		return named(format.ReadWorkload(text))
	case strings.HasSuffix(path, format.FARSIInfix+format.FARSIDataMovement):
		name := strings.TrimSuffix(filepath.Base(path), format.FARSIInfix+format.FARSIDataMovement)
		tables := format.FARSIWorkload{DataMovement: text}
		var errs []error
		for _, t := range []struct {
			prefix, table string
			to            *[]byte
			optional      bool
		}{
			{name, format.FARSIPerformance, &tables.Performance, false}, {name, format.FARSIEnergy, &tables.Energy, false}, {name, format.FARSIArea, &tables.Area, false},
			{name, format.FARSIIterations, &tables.Iterations, true}, {"misc", format.FARSIBudget, &tables.Budget, false}, {"misc", format.FARSILastTasks, &tables.LastTasks, true},
		} {
			beside := filepath.Join(filepath.Dir(path), t.prefix+format.FARSIInfix+t.table)
			if _, err := os.Stat(beside); t.optional && errors.Is(err, os.ErrNotExist) {
				continue
			}
			text, more, err := files.Read(setting, beside, maxFileBytes)
			*t.to, origin, errs = text, origin+more, append(errs, err)
		}
		if err := errors.Join(errs...); err != nil {
			return soc.Workload{}, "", err
		}
		return named(tables.Read(name))
	}
	return named(soc.Workload{}, fmt.Errorf("want a .json file or FARSI's …%s%s", format.FARSIInfix, format.FARSIDataMovement))
}

// Workloads lists the named task graphs.
func Workloads() (list []simulators.Workload) {
	for _, w := range soc.Workloads() {
		bytes := int64(0)
		for _, e := range w.Edges {
			bytes += e.Bytes
		}
		list = append(list, simulators.Workload{
			Name: w.Name, Setting: "soc/comprehensive: workload",
			Doc: fmt.Sprintf("%d tasks, %d edges of %.3g MB, within %g ms", len(w.Tasks), len(w.Edges), float64(bytes)/1e6, w.LatencyBudgetS*1e3),
		})
	}
	return list
}
