package sampling

import (
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
)

// Unscrambled, the sequence starts as every Sobol sequence does: 0; 1/2 on all axes; then 3/4, 1/4 of van der Corput on the first.
func TestSobolByHand(t *testing.T) {
	table := sobolTable()
	s := &sobol{at: make([]uint32, 2)}
	for axis := range 2 {
		s.directions = append(s.directions, table[axis].directions())
	}
	var got [][2]float64
	for range 5 {
		var u [2]float64
		s.next(u[:])
		got = append(got, u)
	}
	// Gray-code order: indices 0, 1, 3, 2, 6. Second axis, polynomial z+1, m = 1, 3, 5: v = 1/2, 3/4, 5/8.
	require.Equal(t, [][2]float64{{0, 0}, {0.5, 0.5}, {0.75, 0.25}, {0.25, 0.75}, {0.375, 0.375}}, got)
}

func TestSobolTableIsWellFormed(t *testing.T) {
	table := sobolTable()
	require.Len(t, table, MaxSobolAxes)
	for axis, p := range table[1:] {
		degree := bits.Len32(p.polynomial) - 1
		require.Len(t, p.first, degree, "axis %d", axis+1)
		require.True(t, primitiveBySearch(p.polynomial), "polynomial %b of axis %d", p.polynomial, axis+1)
		require.Greater(t, p.polynomial, table[axis].polynomial, "polynomials ascend")
		for k, m := range p.first {
			require.Equal(t, uint32(1), m%2, "m_%d of axis %d is odd", k+1, axis+1)
			require.Less(t, m, uint32(2)<<k, "m_%d of axis %d", k+1, axis+1)
		}
	}
}

// primitiveBySearch walks the powers of z modulo the polynomial: it is primitive when they run through all 2^degree - 1 residues but 0.
func primitiveBySearch(polynomial uint32) bool {
	degree := bits.Len32(polynomial) - 1
	power, steps := uint32(1), 0
	for {
		power <<= 1
		if power>>degree&1 == 1 {
			power ^= polynomial
		}
		steps++
		if power == 1 || steps > 1<<degree {
			return power == 1 && steps == 1<<degree-1
		}
	}
}

// Not only the shift depends on the seed: the matrix does, and the sequence uses it.
func TestScrambleMatrixDependsOnTheSeed(t *testing.T) {
	plain := sobolTable()[1].directions()
	first, second := scramble(plain, seed.New(1, "sobol")), scramble(plain, seed.New(2, "sobol"))
	require.NotEqual(t, plain, first)
	require.NotEqual(t, first, second)
	s, err := newSobol(2, seed.New(1, "sobol"))
	require.NoError(t, err)
	require.NotEqual(t, plain, s.directions[1])
}

// 2^10 scrambled points: every axis has one point in each of 2^10 equal parts, and every pair of axes at most 2^7 points in each of its
// boxes of volume 2^-(10-t), t being the quality parameter: here counted for squares of side 1/4, in which a perfect net has 64.
func TestScrambledSobolIsEven(t *testing.T) {
	const points = 1 << 10
	s, err := newSobol(MaxSobolAxes, seed.New(1, "sobol"))
	require.NoError(t, err)
	coordinates := make([][]float64, points)
	for i := range coordinates {
		coordinates[i] = make([]float64, MaxSobolAxes)
		s.next(coordinates[i])
	}
	worst := 0
	for a := range MaxSobolAxes {
		var parts [points]int
		for _, u := range coordinates {
			parts[int(u[a]*points)]++
		}
		for part, count := range parts {
			require.Equal(t, 1, count, "axis %d, part %d", a, part)
		}
		for b := range a {
			var squares [4][4]int
			for _, u := range coordinates {
				squares[int(u[a]*4)][int(u[b]*4)]++
			}
			for _, row := range squares {
				for _, count := range row {
					worst = max(worst, count-64, 64-count)
				}
			}
		}
	}
	require.Zero(t, worst, "every square of side 1/4 of every pair of axes holds the same number of points")
}
