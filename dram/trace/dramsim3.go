package trace

func (r *Reader) dramsim3(f fields) (Request, error) {
	if err := r.want(f, 3); err != nil {
		return Request{}, err
	}
	q, err := Request{}, error(nil)
	if q.Address, err = r.hexAddress(f.at[0]); err != nil {
		return Request{}, err
	}
	switch op := f.at[1]; string(op) {
	case "READ", "read", "P_MEM_RD", "P_FETCH", "P_LOCK_RD", "P_LOCK_WR":
	case "WRITE", "write", "P_MEM_WR", "BOFF":
		q.Write = true
	default:
		return Request{}, r.fault("operation", op, "is unknown")
	}
	q.Cycle, err = r.clockTime(f.at[2])
	return q, err
}
