/** An answer that is awaited: asked anew when what it depends on changes, the old one shown meanwhile, so that a page keeps its place. */

export interface Answer<T> {
  readonly data: T | null;
  readonly error: Error | null;
  readonly waiting: boolean;
}

/** To be called while a component is set up. `ask` reads what it depends on before it awaits anything. */
export function answerOf<T>(ask: () => Promise<T> | null): Answer<T> {
  let data = $state.raw<T | null>(null);
  let error = $state.raw<Error | null>(null);
  let waiting = $state(true);

  $effect.pre(() => {
    const asked = ask();
    let wanted = true;
    if (!asked) return;
    waiting = true;
    asked
      .then((answer) => {
        if (wanted) [data, error, waiting] = [answer, null, false];
      })
      .catch((reason: Error) => {
        if (wanted) [error, waiting] = [reason, false];
      });
    return () => {
      wanted = false;
    };
  });

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get waiting() {
      return waiting;
    },
  };
}
