// Package journal is the crash-safe record of one study: every finished evaluation, in trial order, in one append-only file.
//
// # Format
//
// All integers are little-endian, uvarints are those of encoding/binary, CRC is CRC-32C (Castagnoli).
//
//	header   magic "CDSGNJNL" | version u32 = 1 | n u32 | identity, n bytes | CRC u32 of everything before it
//	frame    n u32 | payload, n bytes | CRC u32 of everything before it in the frame
//	payload  kind u8, then by kind:
//	  1 values      trial ID | point | uvarint count | count × float64 bits u64
//	  2 infeasible  trial ID | point | violation float64 bits u64 | uvarint length | reason
//	  3 failed      trial ID | point | uvarint length | reason
//	  4 complete    uvarint number of records; the last frame of a finished study
//	point    uvarint count of axes | count × uvarint level
//	trial ID uvarint; the records are the trials 0, 1, 2, … without a gap
//
// The identity is chosen by the caller: a hash of everything that the results follow from. A journal with another identity is never read
// nor continued.
//
// # What survives
//
// Record hands the whole frame to the operating system in one write(2), so nothing that Record has returned for is lost when the process
// is killed. Sync makes it survive a power loss; the owner of the study calls it once a second, so that a power loss costs at most one
// second of work.
//
// # Torn tails and corruption
//
// A kill or a full disk can leave a part of the last frame, a power loss also blocks that were never written. A defect (frame cut short,
// impossible length, wrong CRC, undecodable payload) with no valid frame anywhere behind it is such a torn tail: reading ends before it
// and Resume cuts it off. A defect with a valid frame behind it, a record out of order and anything after "complete" are corruption:
// a *CorruptError that names the file and the byte offset, and nothing is changed. A file that ends within its header holds no record
// and is a torn tail as a whole.
//
// Nothing here locks the file: one process at a time may write a journal; any number may read it meanwhile.
package journal
