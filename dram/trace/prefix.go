package trace

// Prefix streams the first n requests of a source, or all if it has fewer. What fails in the source after them is no failure of the prefix.
func Prefix(source Source, n int) Source { return &prefix{source: source, left: n} }

type prefix struct {
	source Source
	left   int
}

func (p *prefix) Next() (Request, bool) {
	if p.left <= 0 {
		return Request{}, false
	}
	p.left--
	return p.source.Next()
}

func (p *prefix) Err() error { return p.source.Err() }

// Collect reads a source to its end, or gives its error. A Prefix bounds the memory that it takes.
func Collect(source Source) ([]Request, error) {
	var list []Request
	for r, ok := source.Next(); ok; r, ok = source.Next() {
		list = append(list, r)
	}
	if err := source.Err(); err != nil {
		return nil, err
	}
	return list, nil
}
