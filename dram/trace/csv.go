package trace

// csvHeader is the first line of a plain CSV trace.
const csvHeader = "cycle,op,address"

func (r *Reader) csv(f fields) (Request, error) {
	if err := r.want(f, 3); err != nil {
		return Request{}, err
	}
	q, err := Request{}, error(nil)
	if q.Cycle, err = r.clockTime(f.at[0]); err != nil {
		return Request{}, err
	}
	switch op := f.at[1]; string(op) {
	case "R":
	case "W":
		q.Write = true
	default:
		return Request{}, r.fault("operation", op, "is not R or W")
	}
	q.Address, err = r.address(f.at[2])
	return q, err
}
