package format

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/soc"
)

// FARSIWorkload is the tables of a workload in FARSI's database: see the package documentation. Iterations may be nil, and so may LastTasks, which then is the sink.
type FARSIWorkload struct {
	DataMovement, Performance, Energy, Area, Iterations, Budget, LastTasks []byte
}

// The names of FARSI's tables after "<workload>_database - " and, of the last two, "misc_database - ".
const (
	FARSIDataMovement = "Task Data Movement.csv"
	FARSIPerformance  = "Task PE Performance.csv"
	FARSIEnergy       = "Task PE Energy.csv"
	FARSIArea         = "Task PE Area.csv"
	FARSIIterations   = "Task Itr Count.csv"
	FARSIBudget       = "Budget.csv"
	FARSILastTasks    = "Last Tasks.csv"
)

// FARSIInfix stands between the workload and the table in a file's name.
const FARSIInfix = "_database - "

const (
	femto     = 1e-3 // pJ a fJ
	processor = "A53"
	base      = "IP0"
)

// Read is the workload of the tables under a name. Tasks are in the order of the rows of the data movement.
func (f FARSIWorkload) Read(name string) (soc.Workload, error) {
	w := soc.Workload{Name: name}
	moved, err := readTable(FARSIDataMovement, f.DataMovement)
	if err != nil {
		return w, err
	}
	for _, row := range moved.rows {
		w.Tasks = append(w.Tasks, soc.Task{Name: row[0]})
		for column := 1; column < len(row); column++ {
			if row[column] == "" {
				continue
			}
			bytes, err := moved.count(row, column)
			if err != nil {
				return w, err
			}
			w.Edges = append(w.Edges, soc.Edge{From: row[0], To: moved.head[column], Bytes: bytes})
		}
	}
	if err := errors.Join(f.tasks(w.Tasks), f.limits(&w)); err != nil {
		return w, err
	}
	return w, w.Check()
}

// tasks fills in what the tables say of each task.
func (f FARSIWorkload) tasks(tasks []soc.Task) error {
	var errs []error
	fill := func(what string, text []byte, column string, set func(t *soc.Task, tab table, row []string, column int) error) {
		tab, err := readTable(what, text)
		if err != nil {
			errs = append(errs, err)
			return
		}
		at, err := tab.column(column)
		if err != nil {
			errs = append(errs, err)
			return
		}
		for i := range tasks {
			if row := tab.row(tasks[i].Name); row != nil {
				errs = append(errs, set(&tasks[i], tab, row, at))
			}
		}
	}
	fill(FARSIPerformance, f.Performance, processor, func(t *soc.Task, tab table, row []string, at int) (err error) {
		t.Cycles, err = tab.count(row, at)
		return err
	})
	fill(FARSIPerformance, f.Performance, base, func(t *soc.Task, tab table, row []string, at int) (err error) {
		t.Accelerator.Cycles, err = tab.count(row, at)
		return err
	})
	fill(FARSIEnergy, f.Energy, base, func(t *soc.Task, tab table, row []string, at int) error {
		femtojoules, err := tab.number(row, at)
		t.Accelerator.EnergyPJ = femtojoules * femto
		return err
	})
	fill(FARSIArea, f.Area, base, func(t *soc.Task, tab table, row []string, at int) (err error) {
		t.Accelerator.AreaUM2, err = tab.number(row, at)
		return err
	})
	if f.Iterations != nil {
		tab, err := readTable(FARSIIterations, f.Iterations)
		if err == nil && len(tab.head) != 2 {
			err = fmt.Errorf("format: %s: %d columns: want the task and its iterations", FARSIIterations, len(tab.head))
		}
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for i := range tasks {
			if row := tab.row(tasks[i].Name); row != nil {
				tasks[i].LoopIterations, err = tab.count(row, 1)
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

// limits sets the budgets and the last task.
func (f FARSIWorkload) limits(w *soc.Workload) error {
	tab, err := readTable(FARSIBudget, f.Budget)
	if err != nil {
		return err
	}
	row := tab.row(w.Name)
	if row == nil {
		return fmt.Errorf("format: %s: no row of workload %q", FARSIBudget, w.Name)
	}
	for _, limit := range []struct {
		column string
		scale  float64
		to     *float64
	}{{"latency", 1, &w.LatencyBudgetS}, {"power", 1e3, &w.Budget.PowerMW}, {"area", 1e6, &w.Budget.AreaMM2}} {
		at, err := tab.column(limit.column)
		if err != nil {
			return err
		}
		value, err := tab.number(row, at)
		if err != nil {
			return err
		}
		*limit.to = value * limit.scale
	}
	if f.LastTasks == nil {
		w.Last = sinkOf(w)
		return nil
	}
	last, err := readTable(FARSILastTasks, f.LastTasks)
	if err != nil {
		return err
	}
	row = last.row(w.Name)
	if len(last.head) != 2 || row == nil {
		return fmt.Errorf("format: %s: want the columns workload and last task, and a row of workload %q", FARSILastTasks, w.Name)
	}
	w.Last = row[1]
	return nil
}

// sinkOf is the last task without outgoing edges; empty when there is none, which Check reports.
func sinkOf(w *soc.Workload) (sink string) {
	writes := map[string]bool{}
	for _, e := range w.Edges {
		writes[e.From] = true
	}
	for _, t := range w.Tasks {
		if !writes[t.Name] {
			sink = t.Name
		}
	}
	return sink
}
