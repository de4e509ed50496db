// Package env is the Gym interface of the project: environments that one or several agents act in at once.
package env
