package serve_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/envtest"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/experiments/serve"
	"github.com/codesign-gym/codesign/simulators/process"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

// The test binary is the program of these tests, too: with this word as its first argument it serves what the next one names.
const programWord = "as-a-program"

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == programWord {
		if err := serve.Serve(context.Background(), catalog(), "test", serve.Options{Name: os.Args[2]}, os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// program starts this binary as a program that serves a name.
func program(t *testing.T, name string) *process.Program {
	t.Helper()
	t.Setenv("GORACE", "atexit_sleep_ms=0")
	executable, err := os.Executable()
	require.NoError(t, err)
	p, err := process.Open(t.Context(), process.Options{Command: []string{executable, programWord, name}})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	return p
}

// TestServedThereAndBack puts both ends of the protocol together: what comes out keeps the contract of what went in.
func TestServedThereAndBack(t *testing.T) {
	t.Run("simulator", func(t *testing.T) {
		p := program(t, "toy")
		require.True(t, p.Simulates())
		simtest.Test(t, p.Instance())
	})
	for _, name := range []string{"games/corridor", "games/matrix"} {
		t.Run(name, func(t *testing.T) {
			p := program(t, name)
			require.False(t, p.Simulates())
			envtest.Test(t, p.Make)
		})
	}
}

// TestAnEnvironmentPlaysAsTheOneItIs plays both with the same actions.
func TestAnEnvironmentPlaysAsTheOneItIs(t *testing.T) {
	far, err := program(t, "games/corridor").Make()
	require.NoError(t, err)
	near, err := env.Vectorize(games.Corridor(), 1)
	require.NoError(t, err)
	for seed := range uint64(20) {
		there, err := far.Reset(t.Context(), seed)
		require.NoError(t, err)
		here, err := near.Reset(t.Context(), seed)
		require.NoError(t, err)
		require.Equal(t, here[0], there)
		for {
			outcomes, _, err := far.Step(t.Context(), []env.Action{{1}})
			require.NoError(t, err)
			direct, _, err := near.Step(t.Context(), [][]env.Action{{{1}}})
			require.NoError(t, err)
			require.Equal(t, direct[0][0].Obs.Values, outcomes[0].Obs.Values)
			require.Equal(t, direct[0][0].Reward, outcomes[0].Reward)
			require.Equal(t, direct[0][0].Done(), outcomes[0].Done())
			if outcomes[0].Done() {
				break
			}
		}
	}
	require.NoError(t, env.Close(far))
}
