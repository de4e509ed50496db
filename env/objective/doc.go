// Package objective turns the metrics of a result into scores: what is maximised, and which constraints hold.
package objective
