// Package groups shares out the axes of a design space among several agents, as the option "groups" of multi-agent learners says it:
//
//	axis        an agent for each axis
//	subsystem   an agent for each sub-system (space.Param.Group)
//	single      one agent
//	a list      "array: rows, columns; memory: sram": the groups and their axes, each axis in one
package groups
