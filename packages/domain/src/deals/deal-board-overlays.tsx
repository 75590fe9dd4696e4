import type { Anchor } from '@rapport/ui/popover';
import { ActivityPopover } from './activity-popover.tsx';
import { BulkBar } from './bulk-bar.tsx';
import type { JSX } from 'solid-js';
import { DealPanel, type DealWithDocuments } from './deal-panel.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { MovePicker } from './move-picker.tsx';

/** What comes over a board once somebody acts on deals: the bar for many, pickers and questions, and the panel of one. */
export function DealBoardOverlays(props: {
  /** Deals that a stage is to be picked for. */
  moving: readonly string[];
  onMoved: () => void;
  /** The deal whose next activity is to be planned. */
  planning: string | null;
  onPlanned: () => void;
  /** Where a deal's picker hangs from. */
  anchorOf: (dealId: string | null) => Anchor | undefined;
  onOpenBoard: ((boardId: string, dealId?: string) => void) | undefined;
  /** Notes and files of a deal. */
  documents: ((deal: DealWithDocuments) => JSX.Element) | undefined;
}) {
  return (
    <>
      <BulkBar />
      <MovePicker ids={props.moving} anchor={() => props.anchorOf(props.moving[0] ?? null)} onClose={props.onMoved} />
      <ActivityPopover
        dealId={props.planning}
        anchor={() => props.anchorOf(props.planning)}
        onClose={props.onPlanned}
      />
      <MoveDialog />
      <DealPanel onOpenBoard={props.onOpenBoard} documents={props.documents} />
    </>
  );
}
