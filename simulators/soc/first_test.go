package soc

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestFirst(t *testing.T) {
	for _, w := range []string{"hpvm_cava", "audio_decoder", "edge_detection", "hpvm_cava+audio_decoder+edge_detection"} {
		for _, prof := range []string{"reference", "repaired"} {
			in, _, err := Comprehensive().Open(map[string]any{"workload": w, "profile": prof})
			if err != nil {
				t.Fatal(err)
			}
			s := in.Simulator.Spec().Space
			r, err := in.Simulator.Evaluate(context.Background(), []space.Point{make(space.Point, s.Len())})
			fmt.Println(w, prof, s.Len(), in.Simulator.Spec().Keys(), r, err)
			rng := seed.New(1)
			bad := 0
			start := time.Now()
			for range 2000 {
				p := s.Sample(rng)
				r, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
				if err != nil || r[0].Values == nil {
					bad++
					if bad < 3 {
						fmt.Println(r[0].Infeasible)
					}
				}
			}
			fmt.Println("bad", bad, time.Since(start)/2000)
		}
	}
}
