// Package soc models AR/VR systems on a chip: task graphs on processors, accelerators, memories and buses, simulated phase by phase.
package soc
