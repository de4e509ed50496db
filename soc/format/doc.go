// Package format reads and writes workloads and designs of package soc: JSON, the tables (CSV) of FARSI's database, and Graphviz DOT. It only turns
// bytes into values and back; who opens the files is the caller.
//
// # Workload, JSON
//
//	{
//	  "name": "camera", "last": "encode", "latency_budget_s": 0.034, "power_budget_mw": 8.7, "area_budget_mm2": 17.5,
//	  "tasks": [
//	    {"name": "source"},
//	    {"name": "encode", "cycles": 80000, "loop_iterations": 16, "accelerator": {"cycles": 7000, "energy_pj": 0.25, "area_um2": 12000}},
//	    {"name": "sink"}
//	  ],
//	  "edges": [{"from": "source", "to": "encode", "bytes": 65536}, {"from": "encode", "to": "sink", "bytes": 4096}]
//	}
//
// The fields are those of soc.Workload; without "cycles" a task has no work, without "accelerator" only the general processor runs it.
//
// # Design, JSON
//
//	{
//	  "blocks": [
//	    {"id": "P0", "kind": "gpp"}, {"id": "A0", "kind": "ip", "task": "encode", "unroll": 4, "clock_factor": 8},
//	    {"id": "B0", "kind": "bus", "width_bytes": 16, "clock_factor": 4}, {"id": "M0", "kind": "sram", "width_bytes": 16, "clock_factor": 4}
//	  ],
//	  "links": [["P0", "B0"], ["A0", "B0"], ["B0", "M0"]],
//	  "task_pe": {"source": "P0", "encode": "A0", "sink": "P0"},
//	  "edge_memory": {"source->encode": "M0", "encode->sink": "M0"}
//	}
//
// The fields are those of soc.Design with names for indices ("walk_from_first" is FromFirst); the order of blocks and links is kept, since it breaks ties. Every task and every edge of the
// graph has its place. Unknown fields, unknown names and anything after the value are errors, which name the offender; WriteDesign and ReadDesign are inverse.
//
// # FARSI
//
// A workload of FARSI's database is a set of tables named "<workload>_database - <table>.csv", and two tables that all workloads share:
//
//	Task Data Movement             a row a producer, a column a consumer: bytes; empty = no edge
//	Task PE Performance            a row a task; columns A53 and IP0: cycles
//	Task PE Energy, Task PE Area   the same rows, column IP0: femtojoules, um2; the column A53 is not read
//	Task Itr Count                 a row a task: loop iterations; the table may be missing
//	misc_database - Budget         a row a workload; columns latency (s), power (W), area (m2)
//	misc_database - Last Tasks     a row a workload: its last task
//
// A design is two tables: "Hardware Graph", the matrix of its links, and "Task To Hardware Mapping", a column a block: the tasks of a processor, the
// edges "a -> b" of a memory. Blocks have the names of FARSI's library with any ending: A53_0, LMEM_ic_0_1_x, GMEM_5_8_y, <task>_IP0_<unroll>_<clock>_z.
// Whole numbers may be written as 67000 or 67000.0. What buses carry is not read: it follows from the rest.
package format
