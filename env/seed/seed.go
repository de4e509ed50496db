// Package seed derives independent streams of random numbers by name from one root seed.
//
// A stream's name is a path of words ("agent", "ga", "rep3"). The path is hashed with the root by SHA-256, each word preceded by its
// length, so that no two paths share an input ("ab", "c" and "a", "bc" differ), and the first 128 bits of the hash seed a PCG generator.
// Adding a consumer with a name of its own never moves another one's stream. The derivation is part of every dataset's meaning: it is
// fixed, and tested against literals.
package seed

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// New is a generator for the stream named by path. It is not safe for concurrent use.
func New(root uint64, path ...string) *rand.Rand {
	high, low := derive(root, path)
	return rand.New(rand.NewPCG(high, low))
}

// Derive is a root seed for the stream named by path, for consumers that derive streams of their own.
func Derive(root uint64, path ...string) uint64 {
	high, _ := derive(root, path)
	return high
}

func derive(root uint64, path []string) (high, low uint64) {
	input := binary.LittleEndian.AppendUint64(nil, root)
	for _, word := range path {
		input = binary.LittleEndian.AppendUint64(input, uint64(len(word)))
		input = append(input, word...)
	}
	sum := sha256.Sum256(input)
	return binary.LittleEndian.Uint64(sum[:8]), binary.LittleEndian.Uint64(sum[8:16])
}
