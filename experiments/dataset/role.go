package dataset

import (
	"slices"
	"strings"
)

// Prefixes of the columns that depend on the studies.
const (
	ParamPrefix     = "param_"
	MetricPrefix    = "metric_"
	objectivePrefix = "objective_"
	violationPrefix = "violation_"
)

// Places of the fixed columns.
const (
	studyColumns = 11 // the first ones, which are constant in a study
	trialColumn  = 11
	givenColumn  = 12
)

// role is what a column holds.
type role uint8

const (
	roleStudy role = iota // constant in a study
	roleTrial
	roleGiven
	roleParam
	roleMetric
	roleObjective
	roleViolation
	roleInfeasible
	roleFailed
)

// role follows from the name.
func (c Column) role() role {
	switch c.Name {
	case "trial":
		return roleTrial
	case "given":
		return roleGiven
	case "infeasible":
		return roleInfeasible
	case "failed":
		return roleFailed
	}
	switch {
	case strings.HasPrefix(c.Name, ParamPrefix):
		return roleParam
	case strings.HasPrefix(c.Name, MetricPrefix):
		return roleMetric
	case strings.HasPrefix(c.Name, objectivePrefix):
		return roleObjective
	case strings.HasPrefix(c.Name, violationPrefix):
		return roleViolation
	}
	return roleStudy
}

// withRole lists the columns of one role, in their order.
func withRole(columns []Column, r role) []Column {
	return slices.DeleteFunc(slices.Clone(columns), func(c Column) bool { return c.role() != r })
}

// bounded tells whether the smallest and largest value of the column's pages are recorded: they help a reader to skip pages, but not for
// long texts.
func (c Column) bounded() bool {
	return c.Type != JSON && !slices.Contains([]string{"space_hash", "infeasible", "failed"}, c.Name)
}
