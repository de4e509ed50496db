package envtest_test

import (
	"testing"

	"github.com/codesign-gym/codesign/env/envtest"
	"github.com/codesign-gym/codesign/env/games"
)

func TestCorridorConforms(t *testing.T) { envtest.Test(t, games.Corridor()) }

func TestMatrixConforms(t *testing.T) { envtest.Test(t, games.Matrix(games.Climbing())) }
