// Package mapper searches the best mapping of a problem on an architecture.
package mapper
