package games

import (
	"context"
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// CartPoleSteps is where an episode of the cart-pole is truncated: the best return.
const CartPoleSteps = 500

// The cart-pole's constants, those of Gymnasium's CartPole-v1 (gymnasium/envs/classic_control/cartpole.py).
const (
	gravity      = 9.8 // m/s^2
	cartKg       = 1.0
	poleKg       = 0.1
	halfPoleM    = 0.5  // half the pole's length
	pushN        = 10.0 // force on the cart
	tickSeconds  = 0.02
	farthestM    = 2.4                    // the cart's distance from the middle at which the episode ends
	steepestRad  = 12 * 2 * math.Pi / 360 // the pole's angle at which it ends
	startSpread  = 0.05                   // every number of the start is uniform in ± this
	observeTwice = 2                      // observations are bounded at this times the limits
)

// CartPole makes the balancing of a pole on a cart by one agent, "cart", that pushes left or right: CartPole-v1 of Gymnasium.
func CartPole() env.Maker {
	return func() (env.Env, error) {
		push, err := space.New(space.Param{Name: "push", Doc: "the direction of the force on the cart", Kind: space.Nominal, Labels: []string{"left", "right"}})
		if err != nil {
			return nil, fmt.Errorf("games: cart-pole: %w", err)
		}
		return &cartPole{push: push}, nil
	}
}

type cartPole struct {
	push    space.Space
	state   poleState
	steps   int
	running bool
	tally   env.Tally
}

var _ env.Env = (*cartPole)(nil)

// poleState is the place and speed of the cart and the angle and angular speed of the pole, 0 upright.
type poleState struct{ placeM, speedMPS, angleRad, spinRadPS float64 }

// next is the state a tick later, by Euler's explicit method.
func (s poleState) next(forceN float64) poleState {
	const totalKg, poleKgM = cartKg + poleKg, poleKg * halfPoleM
	sin, cos := math.Sincos(s.angleRad)
	push := (forceN + poleKgM*s.spinRadPS*s.spinRadPS*sin) / totalKg
	spinAcceleration := (gravity*sin - cos*push) / (halfPoleM * (4.0/3 - poleKg*cos*cos/totalKg))
	acceleration := push - poleKgM*spinAcceleration*cos/totalKg
	return poleState{
		placeM:    s.placeM + tickSeconds*s.speedMPS,
		speedMPS:  s.speedMPS + tickSeconds*acceleration,
		angleRad:  s.angleRad + tickSeconds*s.spinRadPS,
		spinRadPS: s.spinRadPS + tickSeconds*spinAcceleration,
	}
}

func (s poleState) lost() bool {
	return math.Abs(s.placeM) > farthestM || math.Abs(s.angleRad) > steepestRad
}

// Agents implements env.Env.
func (c *cartPole) Agents() []env.AgentSpec {
	return []env.AgentSpec{{ID: "cart", Actions: c.push, Obs: []env.Channel{
		{Name: "place", Unit: "m", Low: -observeTwice * farthestM, High: observeTwice * farthestM},
		{Name: "speed", Unit: "m/s", Low: math.Inf(-1), High: math.Inf(1)},
		{Name: "angle", Unit: "rad", Low: -observeTwice * steepestRad, High: observeTwice * steepestRad},
		{Name: "spin", Unit: "rad/s", Low: math.Inf(-1), High: math.Inf(1)},
	}}}
}

// Reset implements env.Env.
func (c *cartPole) Reset(_ context.Context, root uint64) ([]env.Obs, error) {
	rng := seed.New(root, "cartpole")
	draw := func() float64 { return startSpread * (2*rng.Float64() - 1) }
	*c = cartPole{push: c.push, state: poleState{draw(), draw(), draw(), draw()}, running: true}
	return []env.Obs{c.observe()}, nil
}

func (c *cartPole) observe() env.Obs {
	return env.Obs{Values: []float64{c.state.placeM, c.state.speedMPS, c.state.angleRad, c.state.spinRadPS}}
}

// Step implements env.Env.
func (c *cartPole) Step(_ context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if !c.running {
		return nil, env.Info{}, env.ErrNoEpisode
	}
	if err := env.CheckActions(c.Agents(), make([]env.Obs, 1), actions); err != nil {
		return nil, env.Info{}, err
	}
	c.steps++
	c.state = c.state.next(pushN * float64(2*actions[0][0]-1)) // left is 0, right is 1
	outcome := env.Outcome{Obs: c.observe(), Reward: 1, Terminated: c.state.lost()}
	outcome.Truncated = !outcome.Terminated && c.steps == CartPoleSteps
	c.running = !outcome.Done()
	outcomes := []env.Outcome{outcome}
	return outcomes, c.tally.Info(actions, outcomes), nil
}
