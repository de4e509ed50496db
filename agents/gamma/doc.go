// Package gamma is a genetic algorithm with operators for nested designs, those of GAMMA.
package gamma
