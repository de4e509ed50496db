// Package catalog is the one explicit list of the agents that come with the module. A program with agents of its own appends to it.
package catalog
