package trace

func (r *Reader) ramulator(f fields) (Request, error) {
	if err := r.want(f, 2); err != nil {
		return Request{}, err
	}
	q, err := Request{}, error(nil)
	switch first, last := f.at[0], f.at[1]; {
	case string(first) == "LD" || string(first) == "ST":
		q.Write = string(first) == "ST"
		q.Address, err = r.address(last)
	case string(last) == "R" || string(last) == "W":
		q.Write = string(last) == "W"
		q.Address, err = r.hexAddress(first)
	default:
		err = r.fault("operation", first, "is not LD or ST, and no R or W follows it")
	}
	if r.requests > 0 {
		q.Cycle = r.clock + r.gap
	}
	return q, err
}
