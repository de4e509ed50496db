package file

// recheck reads recheck = 0.05 or recheck = { share = 0.05, refit = 50 }.
func (t table) recheck() *Recheck {
	r := &Recheck{Refit: DefaultRefit}
	share := func(in table, key string) {
		v := in.number(key)
		if v == nil {
			return
		}
		if r.Share = *v; !(r.Share >= 0 && r.Share <= 1) {
			in.wrong(key, "%s is not a share of the trials, 0 to 1", show(*v))
		}
	}
	_, inner := t.values["recheck"].(map[string]any)
	switch {
	case !t.has("recheck"):
		return nil
	case inner:
		in, _ := t.inner("recheck")
		in.known("share", "refit")
		if !in.has("share") {
			in.missing("share")
		}
		share(in, "share")
		r.Refit = int(in.integer("refit", 1, 1_000_000_000, DefaultRefit))
	default:
		share(t, "recheck")
	}
	return r
}

// screen reads screen = "proxy:FILE" or screen = { by = "proxy:FILE", propose = 20, feasible = true }.
func (t table) screen() *Screen {
	s := &Screen{Propose: DefaultPropose}
	_, inner := t.values["screen"].(map[string]any)
	switch {
	case !t.has("screen"):
		return nil
	case inner:
		in, _ := t.inner("screen")
		in.known("by", "propose", "feasible")
		s.By, s.Propose, s.Feasible = in.required("by"), int(in.integer("propose", 2, 100_000, DefaultPropose)), in.boolean("feasible")
	default:
		s.By = t.text("screen")
	}
	return s
}

// value is the table that a recheck was read from.
func (r *Recheck) value() map[string]any {
	if r == nil {
		return nil
	}
	return map[string]any{"share": r.Share, "refit": int64(r.Refit)}
}

// value is the table that a screen was read from.
func (s *Screen) value() map[string]any {
	if s == nil {
		return nil
	}
	return map[string]any{"by": s.By, "propose": int64(s.Propose), "feasible": s.Feasible}
}
