package dramsys

// responseOrder is the turn of a response, from the request's number and from how many column commands have issued; both count from 1.
type responseOrder func(number, columns int64) int64

func newResponseOrder(c Config) responseOrder {
	if c.RespQueue == RespReorder {
		return requestOrder
	}
	return issueOrder
}

// issueOrder returns responses as their column commands issued: a read behind a write waits for it.
func issueOrder(_, columns int64) int64 { return columns - 1 }

// requestOrder returns responses as their requests were accepted.
func requestOrder(number, _ int64) int64 { return number - 1 }
