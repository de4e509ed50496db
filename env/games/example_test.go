package games_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
)

// Both agents choose at once; only together do they find the best cell.
func ExampleMatrix() {
	e, err := games.Matrix(games.Climbing())()
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	for _, actions := range [][]env.Action{{{2}, {1}}, {{0}, {1}}, {{0}, {0}}} {
		if _, err := e.Reset(ctx, 1); err != nil {
			panic(err)
		}
		outcomes, info, err := e.Step(ctx, actions)
		if err != nil {
			panic(err)
		}
		fmt.Println(info.Point, outcomes[0].Reward, outcomes[1].Reward)
	}
	// Output:
	// [2 1] 6 6
	// [0 1] -30 -30
	// [0 0] 11 11
}

func BenchmarkMovesStep(b *testing.B) {
	e, err := games.Moves(toy(b), fastest(b), 1<<40)()
	if err != nil {
		b.Fatal(err)
	}
	ctx, stay := context.Background(), []env.Action{{0}}
	if _, err := e.Reset(ctx, 1); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := e.Step(ctx, stay); err != nil {
			b.Fatal(err)
		}
	}
}
