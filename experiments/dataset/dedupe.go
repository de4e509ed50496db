package dataset

// evaluated is the designs that rows of a dataset were seen to have, each for each simulator, version, fidelity and settings.
type evaluated struct {
	tasks []string // of each study
	seen  map[evaluation]struct{}
}

// evaluation is a design, by its hash, and what evaluated it.
type evaluation struct {
	task string
	key  [16]byte
}

func newEvaluated(r *Reader) *evaluated {
	e := &evaluated{seen: map[evaluation]struct{}{}}
	for _, s := range r.Studies() {
		e.tasks = append(e.tasks, s.task())
	}
	return e
}

// again tells whether an earlier row was of the same design, and remembers it.
func (e *evaluated) again(rec *Record) bool {
	at := evaluation{e.tasks[rec.Study], rec.DesignKey()}
	_, again := e.seen[at]
	e.seen[at] = struct{}{}
	return again
}

// Dedupe writes the dataset with each design once for each simulator, version, fidelity and settings: its first row that did not fail. It
// tells how many rows it dropped.
func Dedupe(dir string, r *Reader) (dropped int, err error) {
	e := newEvaluated(r)
	err = Rewrite(dir, []*Reader{r}, func(_ int, rec *Record) bool {
		if rec.Failed != "" || e.again(rec) {
			dropped++
			return false
		}
		return true
	})
	return dropped, err
}

// Repeats counts the rows that Dedupe would drop.
func Repeats(r *Reader) (int, error) {
	e, n := newEvaluated(r), 0
	for rec, err := range r.Rows() {
		if err != nil {
			return 0, err
		}
		if rec.Failed != "" || e.again(&rec) {
			n++
		}
	}
	return n, nil
}
