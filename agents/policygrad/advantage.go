package policygrad

// Transition is one step of one agent in one lane, as the advantage estimate needs it.
type Transition struct {
	Lane   int
	Reward float64
	Value  float64 // of the observation acted on
	// Done ends the episode. Next is the value of the observation after the step where no later transition of the lane tells it: 0 when the
	// episode was terminated, the value of its last observation when it was truncated, and the value of the latest observation when the
	// rollout stops while the episode goes on.
	Done bool
	Next float64
}

// Advantages writes the generalised advantage estimates of transitions, in the order of time, of any number of lanes (see the package
// comment). Next of the last transition of each lane must be set.
func Advantages(dst []float64, steps []Transition, gamma, lambda float64) {
	type tail struct{ value, advantage float64 }
	after := map[int]tail{}
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		later, ok := after[s.Lane]
		if s.Done || !ok {
			later = tail{value: s.Next}
		}
		dst[i] = s.Reward + gamma*later.value - s.Value + gamma*lambda*later.advantage
		after[s.Lane] = tail{s.Value, dst[i]}
	}
}
