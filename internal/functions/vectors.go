package functions

import (
	_ "embed" // the vectors
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
)

//go:embed testdata/vectors.csv
var vectorsCSV string

// Vector is a point of a function with the outputs of the independent implementation.
type Vector struct {
	Function                string
	Point                   space.Point
	Objectives, Constraints []float64
}

// Vectors lists 40 points of every function, in the order of All.
func Vectors() ([]Vector, error) {
	rows, err := csv.NewReader(strings.NewReader(vectorsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("functions: vectors: %w", err)
	}
	vectors := make([]Vector, len(rows)-1)
	for i, row := range rows[1:] {
		levels, err := numbers(row[2])
		v := Vector{Function: row[0], Point: make(space.Point, len(levels))}
		for axis, level := range levels {
			v.Point[axis] = int(level)
		}
		if err == nil {
			v.Objectives, err = numbers(row[3])
		}
		if err == nil {
			v.Constraints, err = numbers(row[4])
		}
		if err != nil {
			return nil, fmt.Errorf("functions: vectors: row %d: %w", i+1, err)
		}
		vectors[i] = v
	}
	return vectors, nil
}

// numbers reads numbers separated by spaces.
func numbers(text string) ([]float64, error) {
	var out []float64
	for word := range strings.FieldsSeq(text) {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
