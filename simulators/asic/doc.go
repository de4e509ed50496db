// Package asic makes the dataflow engine simulators: DNN accelerators with a mapping.
package asic
