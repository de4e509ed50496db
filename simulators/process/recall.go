package process

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/internal/wire"
)

// errRecalled is the answer of a program that was not started.
var errRecalled = errors.New("the program is only described here, it was not started")

// Hello is what the program said of itself, as JSON, for Recall.
func (p *Program) Hello() []byte {
	text, err := json.Marshal(p.pool.first)
	if err != nil {
		panic(fmt.Sprintf("process: %v", err)) // it came as JSON
	}
	return text
}

// Recall is a program as it once described itself, without starting it: to read results that were made with it. It has its specification, settings and
// identity, and answers nothing.
func Recall(hello []byte, o Options) (*Program, error) {
	p := &Program{pool: &pool{options: o, closed: true}, recalled: true}
	w := new(wire.Welcome)
	if err := json.Unmarshal(hello, w); err != nil {
		return nil, p.named(fmt.Errorf("what is recorded of it: %w", err))
	}
	p.pool.first = w
	if err := p.accept(w); err != nil {
		return nil, p.named(err)
	}
	return p, nil
}
