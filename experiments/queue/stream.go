package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// makeStream makes the empty work queue.
func (c *Coordinator) makeStream(ctx context.Context) error {
	storage := jetstream.MemoryStorage
	if c.o.Lasting {
		storage = jetstream.FileStorage
	}
	name := c.prefix.stream()
	stream, err := c.js.CreateStream(ctx, jetstream.StreamConfig{
		Name: name, Description: "studies of a codesign run", Subjects: []string{c.prefix.subject(subjectWork)},
		Retention: jetstream.WorkQueuePolicy, Storage: storage,
	})
	if err == nil {
		_, err = stream.CreateConsumer(ctx, jetstream.ConsumerConfig{
			Durable: consumer, AckPolicy: jetstream.AckExplicitPolicy, AckWait: c.o.Lease, MaxDeliver: -1, MaxAckPending: -1, MaxWaiting: 65536,
		})
	}
	if err != nil {
		return fmt.Errorf("stream %s: %w", name, err)
	}
	return nil
}

// publish puts a task into the queue; it tries until ctx ends.
func (c *Coordinator) publish(ctx context.Context, t task) error {
	body, err := json.Marshal(t)
	if err != nil {
		return err
	}
	for {
		if _, err = c.js.Publish(ctx, c.prefix.subject(subjectWork), body); err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, nats.ErrMaxPayload) {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// tend looks after the queue: one that is lost with its server is made again with what is not done.
func (c *Coordinator) tend(ctx context.Context) {
	tick := time.NewTicker(c.o.Lease)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if _, err := c.js.Stream(ctx, c.prefix.stream()); !errors.Is(err, jetstream.ErrStreamNotFound) {
			continue
		}
		if err := c.makeStream(ctx); err != nil {
			continue // perhaps later
		}
		c.o.Notice("the queue was lost, and is made again")
		for _, t := range c.waiting() {
			if c.publish(ctx, t) != nil {
				return
			}
		}
	}
}

// waiting lists what was published and is not done.
func (c *Coordinator) waiting() []task {
	c.mu.Lock()
	defer c.mu.Unlock()
	var list []task
	for i := range c.studies {
		list = append(list, task{Study: i})
	}
	for _, d := range c.designs {
		list = append(list, d.task)
	}
	return list
}
