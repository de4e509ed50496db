package space_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
)

// A request buffer whose age limit means something under one policy only.
func Example() {
	s, err := space.New(
		space.Param{Name: "entries", Values: []float64{8, 16}},
		space.Param{Name: "policy", Kind: space.Nominal, Labels: []string{"fifo", "aged"}},
		space.Param{Name: "age_us", Unit: "us", Values: []float64{1, 2}, When: []space.Cond{{Param: "policy", In: []string{"aged"}}}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Size(), "designs,", s.RawSize(), "level vectors")
	for p := range s.Points() {
		fmt.Println(p, s.Design(p))
	}
	_, err = s.Point(space.Design{"entries": 12, "policy": "agde"})
	fmt.Println(err)
	// Output:
	// 6 designs, 8 level vectors
	// [0 0 0] map[entries:8 policy:fifo]
	// [0 1 0] map[age_us:1 entries:8 policy:aged]
	// [0 1 1] map[age_us:2 entries:8 policy:aged]
	// [1 0 0] map[entries:16 policy:fifo]
	// [1 1 0] map[age_us:1 entries:16 policy:aged]
	// [1 1 1] map[age_us:2 entries:16 policy:aged]
	// level "12" of "entries" is not one of its levels: entries ∈ {8, 16}
	// unknown level of "policy" "agde", did you mean "aged"? (known: fifo, aged)
}
